#include "fewChannels.h"
#include "frozenConvolution.h"
#include "operation.h"

namespace {

int narrow(int64_t n) { return static_cast<int>(n); }

struct PackFilter {
  const bool transposed;
  explicit PackFilter(const Construction &from) : transposed(from.integer("transposed") != 0) {}

  void compute(const Call &call) const {
    const Tensor filter = call.input(0);
    const Shape shape = filter.shape();
    if (shape.size() != 4 || shape[0] != shape[1] || (shape[0] != 1 && shape[0] != 3) || shape[2] % 8 || shape[3] % 8 || filter.size() == 0) throw std::invalid_argument("only 1x1 and 3x3 filters are packed, of multiples of eight channels");
    const int side = narrow(shape[0]), channels = narrow(shape[2]), filters = narrow(shape[3]);
    const Tensor packed = call.floats(0, {static_cast<int64_t>(packedLength(side, channels, filters))});
    packFilter(side, channels, filters, transposed, filter.floats(), packed.floats());
  }
};

struct Frozen {
  const int threads, side, filters, pad;
  const bool rectify;
  explicit Frozen(const Construction &from)
      : threads(from.integer("threads")), side(from.integer("side")), filters(from.integer("filters")), pad(from.integer("pad")), rectify(from.integer("rectify") != 0) {}

  void compute(const Call &call) const {
    const Tensor x = call.input(0), packed = call.input(1), bias = call.input(2), open = call.input(3), added = call.input(4);
    const Shape shape = x.shape();
    if (shape.size() != 4) throw std::invalid_argument("a convolution takes [images, height, width, channels]");
    const FrozenConvolution size{narrow(shape[0]), narrow(shape[1]), narrow(shape[2]), narrow(shape[3]), side, filters, pad};
    if (!size.fits() || packed.size() != static_cast<int64_t>(packedLength(side, size.channels, filters))) throw std::invalid_argument("a convolution's input does not fit its packed filter");
    const Shape result{shape[0], size.outHeight(), size.outWidth(), filters};
    if (bias.size() != 0 && bias.size() != filters) throw std::invalid_argument("the bias has another length than the filters");
    if (open.size() != 0 && open.shape() != shape) throw std::invalid_argument("what tells where the input counts has another shape than the input");
    if (added.size() != 0 && added.shape() != result) throw std::invalid_argument("what is added has another shape than the result");
    const Tensor y = call.floats(0, result);
    convolveFrozen(size, x.floats(), packed.floats(), {bias.floatsOrNull(), open.floatsOrNull(), added.floatsOrNull(), rectify}, y.floats(), threads);
  }
};

struct WithFewChannels {
  const int threads, stride, above, before;
  explicit WithFewChannels(const Construction &from)
      : threads(from.integer("threads")), stride(from.integer("stride")), above(from.integer("above")), before(from.integer("before")) {}

  /** @param picture  [images, height, width], without the channels, which the filter tells */
  FewChannels size(const Shape &picture, const Shape &out, const Tensor &filter) const {
    const Shape window = filter.shape();
    if (window.size() != 4 || picture.size() < 3 || out.size() < 2 || filter.size() == 0) throw std::invalid_argument("a convolution does not fit its filter");
    const FewChannels found{narrow(picture[0]), narrow(picture[1]), narrow(picture[2]), narrow(window[2]), narrow(out[0]), narrow(out[1]), narrow(window[3]),
                            narrow(window[0]), narrow(window[1]), stride, above, before};
    if (!found.fits()) throw std::invalid_argument("a convolution's places do not fit its filter");
    return found;
  }
};

struct FewChannelsConvolution : WithFewChannels {
  const int outHeight, outWidth;
  explicit FewChannelsConvolution(const Construction &from) : WithFewChannels(from), outHeight(from.integer("out_height")), outWidth(from.integer("out_width")) {}

  void compute(const Call &call) const {
    const Tensor x = call.input(0), filter = call.input(1), bias = call.input(2);
    const Shape shape = x.shape();
    const FewChannels s = size(shape, {outHeight, outWidth}, filter);
    if (shape.size() != 4 || shape[3] != s.channels || s.filters % 8) throw std::invalid_argument("a convolution's input does not fit its filter");
    if (bias.size() != 0 && bias.size() != s.filters) throw std::invalid_argument("the bias has another length than the filters");
    const Tensor y = call.floats(0, {shape[0], outHeight, outWidth, s.filters});
    fewChannelsConvolve(s, x.floats(), filter.floats(), bias.floatsOrNull(), y.floats(), threads);
  }
};

struct FewChannelsGradient : WithFewChannels {
  using WithFewChannels::WithFewChannels;

  void compute(const Call &call) const {
    const Tensor dy = call.input(0), filter = call.input(1), places = call.input(2);
    const Shape out = dy.shape(), window = filter.shape();
    if (out.size() != 4 || window.size() != 4 || places.size() != 3 || out[3] != window[3]) throw std::invalid_argument("the gradient of a convolution does not fit its filter");
    const int32_t *sides = places.data<int32_t>();
    const FewChannels s = size({sides[0], sides[1], sides[2]}, {out[1], out[2]}, filter);
    if (out[0] != s.images) throw std::invalid_argument("the gradient of a convolution does not fit its places");
    const Tensor dx = call.floats(0, {s.images, s.height, s.width, s.channels});
    fewChannelsGradient(s, dy.floats(), filter.floats(), dx.floats(), threads);
  }
};

}  // namespace

std::vector<Declaration> convolutionOperations() {
  return {
      declared<PackFilter>("MetamerLabPackFilter", {"filter: float"}, {"packed: float"}, {"transposed: int"}),
      declared<Frozen>("MetamerLabFrozenConvolution", {"x: float", "packed: float", "bias: float", "open: float", "added: float"}, {"y: float"},
                       {"threads: int", "side: int", "filters: int", "pad: int", "rectify: int"}),
      declared<FewChannelsConvolution>("MetamerLabFewChannels", {"x: float", "filter: float", "bias: float"}, {"y: float"},
                                       {"threads: int", "stride: int", "above: int", "before: int", "out_height: int", "out_width: int"}),
      declared<FewChannelsGradient>("MetamerLabFewChannelsGradient", {"dy: float", "filter: float", "places: int32"}, {"dx: float"},
                                    {"threads: int", "stride: int", "above: int", "before: int"}),
  };
}
