#include <node_api.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "envelopes.h"
#include "operations.h"
#include "quasiNewton.h"

/**
 * What Node sees of the kernels. A call that fails throws a JavaScript error; numbers cross as Float32Array.
 */
namespace {

/** Carries on where an N-API call did as it was told. */
void require(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  const napi_extended_error_info *info = nullptr;
  napi_get_last_error_info(env, &info);
  throw std::runtime_error(info && info->error_message ? info->error_message : "Node refused a call of the kernels");
}

napi_value property(napi_env env, napi_value object, const char *name) {
  napi_value value;
  require(env, napi_get_named_property(env, object, name, &value));
  return value;
}

int integer(napi_env env, napi_value value) {
  int32_t number;
  require(env, napi_get_value_int32(env, value, &number));
  return number;
}

struct Floats {
  const float *data;
  size_t length;
};

Floats floats(napi_env env, napi_value value) {
  napi_typedarray_type type;
  size_t length;
  void *data;
  require(env, napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr));
  if (type != napi_float32_array) throw std::invalid_argument("the kernels take Float32Array");
  return {static_cast<const float *>(data), length};
}

Floats floatsOf(napi_env env, napi_value value, size_t length, const char *what) {
  const Floats found = floats(env, value);
  if (found.length == length) return found;
  throw std::invalid_argument(std::string(what) + " has " + std::to_string(found.length) + " values and needs " + std::to_string(length));
}

std::vector<float> copied(const Floats &from) { return std::vector<float>(from.data, from.data + from.length); }

template <typename T, typename Read>
std::vector<T> list(napi_env env, napi_value array, const Read &read) {
  uint32_t length;
  require(env, napi_get_array_length(env, array, &length));
  std::vector<T> found;
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    require(env, napi_get_element(env, array, i, &element));
    found.push_back(read(element));
  }
  return found;
}

EnvelopesDesign designFrom(napi_env env, napi_value value) {
  EnvelopesDesign design;
  design.samples = integer(env, property(env, value, "samples"));
  design.columns = integer(env, property(env, value, "columns"));
  design.reach = integer(env, property(env, value, "reach"));
  design.groups = list<GroupDesign>(env, property(env, value, "groups"), [&](napi_value group) {
    GroupDesign found;
    found.length = integer(env, property(env, group, "length"));
    found.taps = copied(floatsOf(env, property(env, group, "taps"), (2 * design.reach + 1) * (found.length / design.columns), "a filter"));
    found.ends = copied(floatsOf(env, property(env, group, "ends"), 2 * kEdge * static_cast<size_t>(found.length), "the filters of the ends"));
    found.rows = list<FilterRow>(env, property(env, group, "rows"), [&](napi_value row) {
      return FilterRow{integer(env, property(env, row, "start")), copied(floats(env, property(env, row, "responses")))};
    });
    return found;
  });
  checkDesign(design);
  return design;
}

napi_value newFloats(napi_env env, size_t length, float **data) {
  napi_value buffer, array;
  require(env, napi_create_arraybuffer(env, length * sizeof(float), reinterpret_cast<void **>(data), &buffer));
  require(env, napi_create_typedarray(env, napi_float32_array, length, buffer, 0, &array));
  return array;
}

const Envelopes &envelopesOf(napi_env env, napi_value value) {
  void *data;
  require(env, napi_get_value_external(env, value, &data));
  return *static_cast<Envelopes *>(data);
}

/** design -> handle; freed with the handle. */
napi_value makeEnvelopes(napi_env env, const std::vector<napi_value> &args) {
  napi_value handle;
  auto *made = new Envelopes(designFrom(env, args.at(0)));
  const auto free = [](napi_env, void *data, void *) { delete static_cast<Envelopes *>(data); };
  require(env, napi_create_external(env, made, free, nullptr, &handle));
  return handle;
}

/** (handle, wave, threads) -> [rows, columns] */
napi_value forward(napi_env env, const std::vector<napi_value> &args) {
  const Envelopes &envelopes = envelopesOf(env, args.at(0));
  const Floats wave = floatsOf(env, args.at(1), envelopes.samples(), "a sound");
  float *out;
  const napi_value result = newFloats(env, static_cast<size_t>(envelopes.rows()) * envelopes.columns(), &out);
  envelopes.forward(wave.data, out, integer(env, args.at(2)));
  return result;
}

/** (handle, wave, dy, threads) -> [samples] */
napi_value backward(napi_env env, const std::vector<napi_value> &args) {
  const Envelopes &envelopes = envelopesOf(env, args.at(0));
  const Floats wave = floatsOf(env, args.at(1), envelopes.samples(), "a sound");
  const Floats dy = floatsOf(env, args.at(2), static_cast<size_t>(envelopes.rows()) * envelopes.columns(), "a gradient");
  float *out;
  const napi_value result = newFloats(env, envelopes.samples(), &out);
  envelopes.backward(wave.data, dy.data, out, integer(env, args.at(3)));
  return result;
}

/** (slope, steps, changes, threads) -> [length]; steps and changes are lists of as many pairs, at least one. */
napi_value direction(napi_env env, const std::vector<napi_value> &args) {
  const Floats slope = floats(env, args.at(0));
  const auto vectors = [&](napi_value all, const char *what) {
    return list<const float *>(env, all, [&](napi_value one) { return floatsOf(env, one, slope.length, what).data; });
  };
  const std::vector<const float *> steps = vectors(args.at(1), "a step"), changes = vectors(args.at(2), "a change");
  if (steps.empty() || steps.size() != changes.size()) throw std::invalid_argument("steps and changes come in pairs");
  std::vector<CurvaturePair> pairs;
  for (size_t i = 0; i < steps.size(); i++) pairs.push_back({steps[i], changes[i]});
  float *out;
  const napi_value result = newFloats(env, slope.length, &out);
  quasiNewton(slope.length, slope.data, pairs, out, integer(env, args.at(3)));
  return result;
}

/** Whether this processor has the instructions that the file was compiled for. */
napi_value runsHere(napi_env env, const std::vector<napi_value> &) {
  bool runs = true;
#ifdef __AVX512F__
  for (const bool has : {__builtin_cpu_supports("avx512f"), __builtin_cpu_supports("avx512bw"), __builtin_cpu_supports("avx512dq"), __builtin_cpu_supports("avx512vl")}) runs = runs && has;
#endif
#ifdef __AVX2__
  runs = runs && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  napi_value answer;
  require(env, napi_get_boolean(env, runs, &answer));
  return answer;
}

/** After this TensorFlow has the kernels among its operations. */
napi_value registerAll(napi_env env, const std::vector<napi_value> &) {
  registerOperations();
  napi_value nothing;
  require(env, napi_get_undefined(env, &nothing));
  return nothing;
}

typedef napi_value (*Kernel)(napi_env, const std::vector<napi_value> &);

template <Kernel kernel>
napi_value called(napi_env env, napi_callback_info info) {
  try {
    size_t count = 4;
    std::vector<napi_value> args(count);
    require(env, napi_get_cb_info(env, info, &count, args.data(), nullptr, nullptr));
    args.resize(count);
    return kernel(env, args);
  } catch (const std::exception &error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
}

napi_value start(napi_env env, napi_value exports) {
  const std::pair<const char *, napi_callback> functions[] = {
      {"runsHere", called<runsHere>}, {"registerOperations", called<registerAll>}, {"makeEnvelopes", called<makeEnvelopes>}, {"forward", called<forward>}, {"backward", called<backward>}, {"quasiNewton", called<direction>}};
  for (const auto &[name, function] : functions) {
    napi_value value;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
    napi_set_named_property(env, exports, name, value);
  }
  return exports;
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, start)
