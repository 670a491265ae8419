// Computes envelopes and their gradient by a design that is read from a file, to be built with the compiler's checks of memory.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "envelopes.h"

namespace {

int32_t readNumber(FILE *file) {
  int32_t number;
  if (std::fread(&number, sizeof number, 1, file) != 1) std::abort();
  return number;
}

std::vector<float> readFloats(FILE *file) {
  std::vector<float> values(readNumber(file));
  if (std::fread(values.data(), sizeof(float), values.size(), file) != values.size()) std::abort();
  return values;
}

GroupDesign readGroup(FILE *file) {
  GroupDesign group;
  group.length = readNumber(file);
  group.taps = readFloats(file);
  group.ends = readFloats(file);
  group.rows.resize(readNumber(file));
  for (FilterRow &row : group.rows) {
    row.start = readNumber(file);
    row.responses = readFloats(file);
  }
  return group;
}

EnvelopesDesign readDesign(const char *name) {
  FILE *file = std::fopen(name, "rb");
  if (!file) std::abort();
  EnvelopesDesign design;
  design.samples = readNumber(file);
  design.columns = readNumber(file);
  design.reach = readNumber(file);
  design.groups.resize(readNumber(file));
  for (GroupDesign &group : design.groups) group = readGroup(file);
  std::fclose(file);
  return design;
}

}  // namespace

int main(int, char **arguments) {
  const EnvelopesDesign design = readDesign(arguments[1]);
  checkDesign(design);
  const Envelopes envelopes(design);
  std::vector<float> wave(design.samples), values(envelopes.rows() * design.columns), back(design.samples);
  for (int i = 0; i < design.samples; i++) wave[i] = std::sin(i * 0.1f) * 0.01f;
  envelopes.forward(wave.data(), values.data(), 2);
  envelopes.backward(wave.data(), values.data(), back.data(), 2);
  double squares = 0;
  for (float value : back) squares += static_cast<double>(value) * value;
  std::printf("%d rows, gradient %s\n", envelopes.rows(), squares > 0 && std::isfinite(squares) ? "finite" : "lost");
}
