#include "adam.h"
#include "affineRelu.h"
#include "matching.h"
#include "operation.h"

namespace {

struct Rectifier {
  const int threads;
  const Limits limits;
  explicit Rectifier(const Construction &from) : threads(from.integer("threads")), limits{from.real("floor"), from.real("ceiling")} {}

  /** One number for each channel, or null for none. */
  static const float *perChannel(const char *what, const Tensor &values, int64_t channels) {
    if (values.size() != 0 && values.size() != channels) throw std::invalid_argument(std::string(what) + " has another length than the channels");
    return values.floatsOrNull();
  }
};

struct AffineRelu : Rectifier {
  using Rectifier::Rectifier;

  void compute(const Call &call) const {
    const Tensor x = call.input(0), scale = call.input(1), offset = call.input(2);
    const Shape shape = x.shape();
    if (shape.empty()) throw std::invalid_argument("what is rectified has channels");
    const int channels = static_cast<int>(shape.back());
    const Tensor y = call.floats(0, shape);
    if (x.size() == 0) return;
    affineRelu(x.size() / channels, channels, limits, x.floats(), perChannel("the scale", scale, channels), perChannel("the offset", offset, channels), y.floats(), threads);
  }
};

struct AffineReluGradient : Rectifier {
  using Rectifier::Rectifier;

  void compute(const Call &call) const {
    const Tensor dy = call.input(0), scale = call.input(2);
    const Shape shape = dy.shape();
    if (shape.empty()) throw std::invalid_argument("a gradient has channels");
    const Tensor y = call.input(1).of(shape, "what was rectified");
    const int channels = static_cast<int>(shape.back());
    const Tensor added = call.input(3);
    if (added.size() != 0 && added.shape() != shape) throw std::invalid_argument("what is added has another shape than the gradient");
    const Tensor dx = call.floats(0, shape);
    if (dy.size() == 0) return;
    affineReluGradient(dy.size() / channels, channels, limits, dy.floats(), y.floats(), perChannel("the scale", scale, channels), added.floatsOrNull(), dx.floats(), threads);
  }
};

struct Adam {
  const int threads;
  const AdamRates rates;
  explicit Adam(const Construction &from)
      : threads(from.integer("threads")), rates{from.real("towards_m"), from.real("towards_v"), from.real("epsilon"), from.real("step"), from.real("low"), from.real("high")} {}

  void compute(const Call &call) const {
    const Tensor signal = call.input(0);
    const Shape shape = signal.shape();
    const Tensor m = call.input(1).of(shape, "Adam's first moment"), v = call.input(2).of(shape, "Adam's second moment"), gradient = call.input(3).of(shape, "the gradient");
    const Tensor toSignal = call.floats(0, shape), toM = call.floats(1, shape), toV = call.floats(2, shape), finite = call.output(3, TF_BOOL, {});
    const AdamValues before{signal.floats(), m.floats(), v.floats()}, after{toSignal.floats(), toM.floats(), toV.floats()};
    *finite.data<bool>() = adamUpdate(rates, signal.size(), gradient.floats(), before, after, threads);
  }
};

struct Matching {
  const int threads;
  explicit Matching(const Construction &from) : threads(from.integer("threads")) {}

  void compute(const Call &call) const {
    const Tensor activations = call.input(0);
    const Shape shape = activations.shape();
    if (shape.empty() || activations.size() == 0) throw std::invalid_argument("activations have a batch axis and values");
    const Tensor target = call.input(1).of(shape, "the target");
    const Tensor losses = call.floats(0, {shape[0]}), difference = call.floats(1, shape);
    matchingLosses(static_cast<int>(shape[0]), activations.size() / shape[0], activations.floats(), target.floats(), difference.floats(), losses.floats(), threads);
  }
};

}  // namespace

std::vector<Declaration> elementOperations() {
  const std::vector<const char *> rectifier = {"threads: int", "floor: float", "ceiling: float"};
  return {
      declared<AffineRelu>("MetamerLabAffineRelu", {"x: float", "scale: float", "offset: float"}, {"y: float"}, rectifier),
      declared<AffineReluGradient>("MetamerLabAffineReluGradient", {"dy: float", "y: float", "scale: float", "added: float"}, {"dx: float"}, rectifier),
      declared<Adam>("MetamerLabAdam", {"signal: float", "m: float", "v: float", "gradient: float"},
                     {"next_signal: float", "next_m: float", "next_v: float", "finite: bool"},
                     {"threads: int", "towards_m: float", "towards_v: float", "epsilon: float", "step: float", "low: float", "high: float"}),
      declared<Matching>("MetamerLabMatching", {"activations: float", "target: float"}, {"losses: float", "difference: float"}, {"threads: int"}),
  };
}
