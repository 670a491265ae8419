#include "operations.h"

#include "operation.h"

namespace {

void declare(const Declaration &operation) {
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char *input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char *output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char *attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  Status status;
  TF_RegisterOpDefinition(definition, status);
  status.check();
  TF_RegisterKernelBuilder(operation.name, TF_NewKernelBuilder(operation.name, "CPU", operation.make, operation.compute, operation.free), status);
  status.check();
}

}  // namespace

void registerOperations() {
  // Of a Node that has several threads, each loads the addon.
  static const bool once = [] {
    for (const auto &list : {blockOperations(), convolutionOperations(), elementOperations(), poolOperations()})
      for (const Declaration &operation : list) declare(operation);
    return true;
  }();
  (void)once;
}
