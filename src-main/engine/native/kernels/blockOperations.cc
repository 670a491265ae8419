#include "invertedResidual.h"
#include "operation.h"

namespace {

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

void setPlaces(BlockSize &size, const Shape &input) {
  size.images = static_cast<int>(input[0]);
  size.height = static_cast<int>(input[1]);
  size.width = static_cast<int>(input[2]);
}

Shape wideShape(const BlockSize &s) { return {s.images, s.height, s.width, s.expands ? s.wide : 0}; }
Shape filteredShape(const BlockSize &s, int channels) { return {s.images, s.outHeight(), s.outWidth(), channels}; }

struct Block {
  const int threads, stride;
  explicit Block(const Construction &from) : threads(from.integer("threads")), stride(from.integer("stride")) {}
};

struct InvertedResidual : Block {
  using Block::Block;

  void compute(const Call &call) const {
    const BlockTensors weights{call.input(1), call.input(3), call.input(5)};
    BlockSize size = sizeOf(weights, false, stride);
    const Tensor x = call.input(0);
    if (x.shape().size() != 4) throw std::invalid_argument("a block takes [images, height, width, channels]");
    setPlaces(size, x.shape());
    if (x.shape()[3] != size.input) throw std::invalid_argument("a block's input has other channels than its weights");
    const Tensor expandBias = call.input(2).of({size.expands ? size.wide : 0}, "a bias"), depthwiseBias = call.input(4).of({size.wide}, "a bias"), projectBias = call.input(6).of({size.output}, "a bias");
    const Tensor y = call.floats(0, filteredShape(size, size.output));
    const Tensor openExpand = call.output(1, TF_BOOL, wideShape(size));
    const Tensor openFilter = call.output(2, TF_BOOL, filteredShape(size, size.wide));
    const BlockWeights values{weights.expand.floats(),  expandBias.floats(),      weights.depthwise.floats(),
                              depthwiseBias.floats(), weights.project.floats(), projectBias.floats()};
    blockForward(size, values, x.floats(), y.floats(), openExpand.data<uint8_t>(), openFilter.data<uint8_t>(), threads);
  }
};

struct InvertedResidualGradient : Block {
  using Block::Block;

  void compute(const Call &call) const {
    const BlockTensors weights{call.input(3), call.input(4), call.input(5)};
    BlockSize size = sizeOf(weights, true, stride);
    const Tensor openExpand = call.input(1);
    const Tensor places = call.input(6);
    if (places.size() != 3) throw std::invalid_argument("the places of a block are images, height and width");
    const int32_t *sides = places.data<int32_t>();
    setPlaces(size, {sides[0], sides[1], sides[2]});
    const Tensor dy = call.input(0).of(filteredShape(size, size.output), "a gradient"), openFilter = call.input(2).of(filteredShape(size, size.wide), "what the forward pass kept");
    if (openExpand.shape() != wideShape(size)) throw std::invalid_argument("what the forward pass kept has another shape than the kernel needs");
    const Tensor dx = call.floats(0, {size.images, size.height, size.width, size.input});
    const BlockWeights values{weights.expand.floats(), nullptr, weights.depthwise.floats(), nullptr, weights.project.floats(), nullptr};
    blockGradient(size, values, dy.floats(), openExpand.data<uint8_t>(), openFilter.data<uint8_t>(), dx.floats(), threads);
  }
};

}  // namespace

std::vector<Declaration> blockOperations() {
  return {
      declared<InvertedResidual>(
          "MetamerLabInvertedResidual", {"x: float", "expand: float", "expand_bias: float", "depthwise: float", "depthwise_bias: float", "project: float", "project_bias: float"},
          {"y: float", "open_expand: bool", "open_filter: bool"}, {"threads: int", "stride: int"}),
      declared<InvertedResidualGradient>(
          "MetamerLabInvertedResidualGradient", {"dy: float", "open_expand: bool", "open_filter: bool", "expand: float", "depthwise: float", "project: float", "places: int32"},
          {"dx: float"}, {"threads: int", "stride: int"}),
  };
}
