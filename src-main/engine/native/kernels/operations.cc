#include "operations.h"

#include <tensorflow/c/kernels.h>
#include <tensorflow/c/ops.h>
#include <tensorflow/c/tf_tensor.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "affineRelu.h"
#include "fewChannels.h"
#include "frozenConvolution.h"
#include "invertedResidual.h"

namespace {

struct Status {
  TF_Status *const held = TF_NewStatus();
  ~Status() { TF_DeleteStatus(held); }
  operator TF_Status *() const { return held; }
  void check() const {
    if (TF_GetCode(held) != TF_OK) throw std::runtime_error(TF_Message(held));
  }
};

typedef std::vector<int64_t> Shape;

/** A tensor of a call, let go with this object. */
class Tensor {
 public:
  static Tensor input(TF_OpKernelContext *context, int index) {
    Status status;
    TF_Tensor *tensor = nullptr;
    TF_GetInput(context, index, &tensor, status);
    status.check();
    return Tensor(tensor);
  }

  static Tensor output(TF_OpKernelContext *context, int index, TF_DataType type, const Shape &shape) {
    Status status;
    size_t bytes = TF_DataTypeSize(type);
    for (const int64_t length : shape) bytes *= length;
    TF_Tensor *tensor = TF_AllocateOutput(context, index, type, shape.data(), static_cast<int>(shape.size()), bytes, status);
    status.check();
    return Tensor(tensor);
  }

  template <typename T>
  T *data() const { return static_cast<T *>(TF_TensorData(tensor_.get())); }
  int64_t size() const { return TF_TensorElementCount(tensor_.get()); }

  Shape shape() const {
    Shape found(TF_NumDims(tensor_.get()));
    for (size_t i = 0; i < found.size(); i++) found[i] = TF_Dim(tensor_.get(), static_cast<int>(i));
    return found;
  }

  /** What has another shape is refused: nothing is read beyond its end. */
  Tensor of(const Shape &wanted, const char *what) && {
    if (shape() != wanted) throw std::invalid_argument(std::string(what) + " has another shape than the kernel needs");
    return std::move(*this);
  }

 private:
  explicit Tensor(TF_Tensor *tensor) : tensor_(tensor, TF_DeleteTensor) {}
  std::unique_ptr<TF_Tensor, void (*)(TF_Tensor *)> tensor_;
};

int32_t integer(TF_OpKernelConstruction *from, const char *name) {
  Status status;
  int32_t value = 0;
  TF_OpKernelConstruction_GetAttrInt32(from, name, &value, status);
  status.check();
  return value;
}

float real(TF_OpKernelConstruction *from, const char *name) {
  Status status;
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(from, name, &value, status);
  status.check();
  return value;
}

/** Each operation has some of these. */
struct Attributes {
  int threads, stride, above, before;
  float ceiling;
  int side = 0, filters = 0, pad = 0;
  bool transposed = false, rectify = false;
};

void *blockAttributes(TF_OpKernelConstruction *from) { return new Attributes{integer(from, "threads"), integer(from, "stride"), 0, 0, 0}; }
void *fewChannelsAttributes(TF_OpKernelConstruction *from) {
  return new Attributes{integer(from, "threads"), integer(from, "stride"), integer(from, "above"), integer(from, "before"), 0};
}
void *reluAttributes(TF_OpKernelConstruction *from) { return new Attributes{integer(from, "threads"), 0, 0, 0, real(from, "ceiling")}; }
void *packingAttributes(TF_OpKernelConstruction *from) {
  return new Attributes{0, 0, 0, 0, 0, 0, 0, 0, integer(from, "transposed") != 0};
}
void *convolutionAttributes(TF_OpKernelConstruction *from) {
  return new Attributes{integer(from, "threads"), 0, 0, 0, 0, integer(from, "side"), integer(from, "filters"), integer(from, "pad"), false, integer(from, "rectify") != 0};
}
void freeAttributes(void *made) { delete static_cast<Attributes *>(made); }

/** Weights of a block, those of 1x1 convolutions with or without their ones; an empty `expand` stands for none. */
struct BlockTensors {
  Tensor expand, depthwise, project;
};

/** @param transposed  whether those of the 1x1 convolutions are, as matrices */
BlockSize sizeOf(const BlockTensors &weights, bool transposed, int stride) {
  const Shape filter = weights.depthwise.shape(), narrow = weights.project.shape();
  if (filter.size() != 4 || filter[0] != filter[1] || filter[0] * filter[0] > 49 || filter[3] != 1 || narrow.size() < 2) throw std::invalid_argument("the weights are not those of an inverted residual block");
  BlockSize size{};
  size.kernel = static_cast<int>(filter[0]);
  size.stride = stride;
  size.wide = static_cast<int>(filter[2]);
  size.output = static_cast<int>(transposed ? narrow[0] : narrow.back());
  size.expands = weights.expand.size() > 0;
  size.input = size.expands ? static_cast<int>(weights.expand.size() / size.wide) : size.wide;
  size.skips = stride == 1 && size.expands && size.input == size.output;
  if (size.input % 8 || size.wide % 8 || size.output % 8) throw std::invalid_argument("the channels are no multiples of eight");
  const int64_t products = static_cast<int64_t>(size.wide) * size.output;
  if (weights.project.size() != products || (size.expands && weights.expand.size() != static_cast<int64_t>(size.wide) * size.input)) throw std::invalid_argument("the weights of a block do not fit together");
  return size;
}

template <class Size>
void setPlaces(Size &size, const Shape &input) {
  size.images = static_cast<int>(input[0]);
  size.height = static_cast<int>(input[1]);
  size.width = static_cast<int>(input[2]);
}

Shape wideShape(const BlockSize &s) { return {s.images, s.height, s.width, s.expands ? s.wide : 0}; }
Shape filteredShape(const BlockSize &s, int channels) { return {s.images, s.outHeight(), s.outWidth(), channels}; }

void inverted(const Attributes &attributes, TF_OpKernelContext *context) {
  const auto input = [&](int index) { return Tensor::input(context, index); };
  const BlockTensors weights{input(1), input(3), input(5)};
  BlockSize size = sizeOf(weights, false, attributes.stride);
  const Tensor x = input(0);
  if (x.shape().size() != 4) throw std::invalid_argument("a block takes [images, height, width, channels]");
  setPlaces(size, x.shape());
  if (x.shape()[3] != size.input) throw std::invalid_argument("a block's input has other channels than its weights");
  const Tensor expandBias = input(2).of({size.expands ? size.wide : 0}, "a bias"), depthwiseBias = input(4).of({size.wide}, "a bias"), projectBias = input(6).of({size.output}, "a bias");
  const Tensor y = Tensor::output(context, 0, TF_FLOAT, filteredShape(size, size.output));
  const Tensor openExpand = Tensor::output(context, 1, TF_BOOL, wideShape(size));
  const Tensor openFilter = Tensor::output(context, 2, TF_BOOL, filteredShape(size, size.wide));
  const BlockWeights values{weights.expand.data<float>(),  expandBias.data<float>(),      weights.depthwise.data<float>(),
                            depthwiseBias.data<float>(), weights.project.data<float>(), projectBias.data<float>()};
  blockForward(size, values, x.data<float>(), y.data<float>(), openExpand.data<uint8_t>(), openFilter.data<uint8_t>(), attributes.threads);
}

void invertedGradient(const Attributes &attributes, TF_OpKernelContext *context) {
  const auto input = [&](int index) { return Tensor::input(context, index); };
  const BlockTensors weights{input(3), input(4), input(5)};
  BlockSize size = sizeOf(weights, true, attributes.stride);
  const Tensor openExpand = input(1);
  const Tensor places = input(6);
  if (places.size() != 3) throw std::invalid_argument("the places of a block are images, height and width");
  const int32_t *sides = places.data<int32_t>();
  setPlaces(size, {sides[0], sides[1], sides[2]});
  const Tensor dy = input(0).of(filteredShape(size, size.output), "a gradient"), openFilter = input(2).of(filteredShape(size, size.wide), "what the forward pass kept");
  if (openExpand.shape() != wideShape(size)) throw std::invalid_argument("what the forward pass kept has another shape than the kernel needs");
  const Tensor dx = Tensor::output(context, 0, TF_FLOAT, {size.images, size.height, size.width, size.input});
  const BlockWeights values{weights.expand.data<float>(), nullptr, weights.depthwise.data<float>(), nullptr, weights.project.data<float>(), nullptr};
  blockGradient(size, values, dy.data<float>(), openExpand.data<uint8_t>(), openFilter.data<uint8_t>(), dx.data<float>(), attributes.threads);
}

void gradientOfFewChannels(const Attributes &attributes, TF_OpKernelContext *context) {
  const Tensor dy = Tensor::input(context, 0), filter = Tensor::input(context, 1), places = Tensor::input(context, 2);
  const Shape out = dy.shape(), window = filter.shape();
  if (out.size() != 4 || window.size() != 4 || places.size() != 3 || out[3] != window[3]) throw std::invalid_argument("the gradient of a convolution does not fit its filter");
  const int32_t *sides = places.data<int32_t>();
  const auto narrow = [](int64_t n) { return static_cast<int>(n); };
  const FewChannels size{sides[0], sides[1], sides[2], narrow(window[2]), narrow(out[1]), narrow(out[2]), narrow(out[3]),
                         narrow(window[0]), narrow(window[1]), attributes.stride, attributes.above, attributes.before};
  if (out[0] != size.images || !size.fits()) throw std::invalid_argument("the gradient of a convolution does not fit its places");
  const Tensor dx = Tensor::output(context, 0, TF_FLOAT, {size.images, size.height, size.width, size.channels});
  fewChannelsGradient(size, dy.data<float>(), filter.data<float>(), dx.data<float>(), attributes.threads);
}

/** Factors of the channels, or null for none. */
const float *scaleOf(const Tensor &scale, int64_t channels) {
  if (scale.size() != 0 && scale.size() != channels) throw std::invalid_argument("the scale has another length than the channels");
  return scale.size() ? scale.data<float>() : nullptr;
}

void rectified(const Attributes &attributes, TF_OpKernelContext *context) {
  const Tensor x = Tensor::input(context, 0), scale = Tensor::input(context, 1), offset = Tensor::input(context, 2);
  const Shape shape = x.shape();
  if (shape.empty() || offset.size() != shape.back()) throw std::invalid_argument("the offset has another length than the channels");
  const int channels = static_cast<int>(shape.back());
  const Tensor y = Tensor::output(context, 0, TF_FLOAT, shape);
  if (x.size() == 0) return;
  affineRelu(x.size() / channels, channels, attributes.ceiling, x.data<float>(), scaleOf(scale, channels), offset.data<float>(), y.data<float>(), attributes.threads);
}

void rectifiedGradient(const Attributes &attributes, TF_OpKernelContext *context) {
  const Tensor dy = Tensor::input(context, 0), scale = Tensor::input(context, 2);
  const Shape shape = dy.shape();
  if (shape.empty()) throw std::invalid_argument("a gradient has channels");
  const Tensor y = Tensor::input(context, 1).of(shape, "what was rectified");
  const int channels = static_cast<int>(shape.back());
  const Tensor dx = Tensor::output(context, 0, TF_FLOAT, shape);
  if (dy.size() == 0) return;
  affineReluGradient(dy.size() / channels, channels, attributes.ceiling, dy.data<float>(), y.data<float>(), scaleOf(scale, channels), dx.data<float>(), attributes.threads);
}

void packed(const Attributes &attributes, TF_OpKernelContext *context) {
  const Tensor filter = Tensor::input(context, 0);
  const Shape shape = filter.shape();
  if (shape.size() != 4 || shape[0] != shape[1] || (shape[0] != 1 && shape[0] != 3) || shape[2] % 8 || shape[3] % 8 || filter.size() == 0) throw std::invalid_argument("only 1x1 and 3x3 filters are packed, of multiples of eight channels");
  const int side = static_cast<int>(shape[0]), channels = static_cast<int>(shape[2]), filters = static_cast<int>(shape[3]);
  const Tensor result = Tensor::output(context, 0, TF_FLOAT, {static_cast<int64_t>(packedLength(side, channels, filters))});
  packFilter(side, channels, filters, attributes.transposed, filter.data<float>(), result.data<float>());
}

void frozen(const Attributes &attributes, TF_OpKernelContext *context) {
  const Tensor x = Tensor::input(context, 0), filter = Tensor::input(context, 1), bias = Tensor::input(context, 2), open = Tensor::input(context, 3);
  const Shape shape = x.shape();
  if (shape.size() != 4) throw std::invalid_argument("a convolution takes [images, height, width, channels]");
  FrozenConvolution size{};
  setPlaces(size, shape);
  size.channels = static_cast<int>(shape[3]);
  size.side = attributes.side, size.filters = attributes.filters, size.pad = attributes.pad;
  if (!size.fits() || filter.size() != static_cast<int64_t>(packedLength(size.side, size.channels, size.filters))) throw std::invalid_argument("a convolution's input does not fit its packed filter");
  if (bias.size() != 0 && bias.size() != size.filters) throw std::invalid_argument("the bias has another length than the filters");
  if (open.size() != 0 && open.shape() != shape) throw std::invalid_argument("what tells where the input counts has another shape than the input");
  const Tensor y = Tensor::output(context, 0, TF_FLOAT, {size.images, size.outHeight(), size.outWidth(), size.filters});
  const Around around{bias.size() ? bias.data<float>() : nullptr, open.size() ? open.data<float>() : nullptr, attributes.rectify};
  convolveFrozen(size, x.data<float>(), filter.data<float>(), around, y.data<float>(), attributes.threads);
}

typedef void (*Compute)(const Attributes &, TF_OpKernelContext *);

template <Compute compute>
void computed(void *attributes, TF_OpKernelContext *context) {
  try {
    compute(*static_cast<Attributes *>(attributes), context);
  } catch (const std::exception &error) {
    Status status;
    TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
    TF_OpKernelContext_Failure(context, status);
  }
}

struct Declaration {
  const char *name;
  std::vector<const char *> inputs, outputs, attributes;
  void *(*makeAttributes)(TF_OpKernelConstruction *);
  void (*compute)(void *, TF_OpKernelContext *);
};

void declare(const Declaration &operation) {
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char *input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char *output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char *attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  Status status;
  TF_RegisterOpDefinition(definition, status);
  status.check();
  TF_RegisterKernelBuilder(operation.name, TF_NewKernelBuilder(operation.name, "CPU", operation.makeAttributes, operation.compute, freeAttributes), status);
  status.check();
}

}  // namespace

void registerOperations() {
  const std::vector<Declaration> operations = {
      {"MetamerLabInvertedResidual",
       {"x: float", "expand: float", "expand_bias: float", "depthwise: float", "depthwise_bias: float", "project: float", "project_bias: float"},
       {"y: float", "open_expand: bool", "open_filter: bool"}, {"threads: int", "stride: int"}, blockAttributes, computed<inverted>},
      {"MetamerLabInvertedResidualGradient",
       {"dy: float", "open_expand: bool", "open_filter: bool", "expand: float", "depthwise: float", "project: float", "places: int32"},
       {"dx: float"}, {"threads: int", "stride: int"}, blockAttributes, computed<invertedGradient>},
      {"MetamerLabFewChannelsGradient", {"dy: float", "filter: float", "places: int32"}, {"dx: float"},
       {"threads: int", "stride: int", "above: int", "before: int"}, fewChannelsAttributes, computed<gradientOfFewChannels>},
      {"MetamerLabPackFilter", {"filter: float"}, {"packed: float"}, {"transposed: int"}, packingAttributes, computed<packed>},
      {"MetamerLabFrozenConvolution", {"x: float", "packed: float", "bias: float", "open: float"}, {"y: float"},
       {"threads: int", "side: int", "filters: int", "pad: int", "rectify: int"}, convolutionAttributes, computed<frozen>},
      {"MetamerLabAffineRelu", {"x: float", "scale: float", "offset: float"}, {"y: float"}, {"threads: int", "ceiling: float"}, reluAttributes, computed<rectified>},
      {"MetamerLabAffineReluGradient", {"dy: float", "y: float", "scale: float"}, {"dx: float"}, {"threads: int", "ceiling: float"}, reluAttributes, computed<rectifiedGradient>},
  };
  // Of a Node that has several threads, each loads the addon.
  static const bool once = [&] {
    for (const Declaration &operation : operations) declare(operation);
    return true;
  }();
  (void)once;
}
