#include "maxPool.h"
#include "operation.h"

namespace {

struct MaxPoolGradient {
  const int threads, windowHeight, windowWidth, strideDown, strideAcross, above, before;
  explicit MaxPoolGradient(const Construction &from)
      : threads(from.integer("threads")), windowHeight(from.integer("window_height")), windowWidth(from.integer("window_width")),
        strideDown(from.integer("stride_down")), strideAcross(from.integer("stride_across")), above(from.integer("above")), before(from.integer("before")) {}

  void compute(const Call &call) const {
    const Tensor x = call.input(0), dy = call.input(1);
    const Shape in = x.shape(), out = dy.shape();
    const auto at = [](const Shape &shape, int axis) { return static_cast<int>(shape[axis]); };
    if (in.size() != 4 || out.size() != 4 || in[0] != out[0] || in[3] != out[3]) throw std::invalid_argument("the gradient of a pool does not fit what was pooled");
    const MaxPool size{at(in, 0), at(in, 1), at(in, 2), at(in, 3), at(out, 1), at(out, 2), windowHeight, windowWidth, strideDown, strideAcross, above, before};
    if (!size.fits()) throw std::invalid_argument("the windows of a pool do not fit its places");
    const Tensor dx = call.floats(0, in);
    maxPoolGradient(size, x.floats(), dy.floats(), dx.floats(), threads);
  }
};

}  // namespace

std::vector<Declaration> poolOperations() {
  return {declared<MaxPoolGradient>(
      "MetamerLabMaxPoolGradient", {"x: float", "dy: float"}, {"dx: float"},
      {"threads: int", "window_height: int", "window_width: int", "stride_down: int", "stride_across: int", "above: int", "before: int"})};
}
