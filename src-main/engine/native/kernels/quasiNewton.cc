#include "quasiNewton.h"

#include <algorithm>
#include <functional>

#include "team.h"

namespace {

constexpr size_t kValuesOfTask = 1 << 14, kAtOnce = 16;

/** Numbers side by side, so that one sum need not wait for another. */
struct Sums {
  double lanes[kAtOnce] = {};
  double total() const {
    double sum = 0;
    for (const double lane : lanes) sum += lane;
    return sum;
  }
};

double product(size_t length, const float *__restrict a, const float *__restrict b) {
  Sums sums;
  size_t i = 0;
  for (; i + kAtOnce <= length; i += kAtOnce)
    for (size_t lane = 0; lane < kAtOnce; lane++) sums.lanes[lane] += static_cast<double>(a[i + lane]) * b[i + lane];
  for (; i < length; i++) sums.lanes[0] += static_cast<double>(a[i]) * b[i];
  return sums.total();
}

/** Add a share of b to a, and give what a comes to, times c. */
double addThenProduct(size_t length, float *__restrict a, double share, const float *__restrict b, const float *__restrict c) {
  Sums sums;
  const auto at = [&](size_t i, size_t lane) {
    a[i] = static_cast<float>(a[i] + share * b[i]);
    sums.lanes[lane] += static_cast<double>(a[i]) * c[i];
  };
  size_t i = 0;
  for (; i + kAtOnce <= length; i += kAtOnce)
    for (size_t lane = 0; lane < kAtOnce; lane++) at(i + lane, lane);
  for (; i < length; i++) at(i, 0);
  return sums.total();
}

/** All of some values in parts, each of which gives a sum. */
class Parts {
 public:
  Parts(size_t length, int threads) : length_(length), threads_(threads), sums_((length + kValuesOfTask - 1) / kValuesOfTask) {}

  double sum(const std::function<double(size_t from, size_t count)> &part) {
    shareOut(static_cast<int>(sums_.size()), threads_, [&](int task, int) {
      const size_t from = task * kValuesOfTask;
      sums_[task] = part(from, std::min(kValuesOfTask, length_ - from));
    });
    double total = 0;
    for (const double one : sums_) total += one;
    return total;
  }

 private:
  const size_t length_;
  const int threads_;
  std::vector<double> sums_;
};

}  // namespace

void quasiNewton(size_t length, const float *slope, const std::vector<CurvaturePair> &pairs, float *to, int threads) {
  Parts parts(length, threads);
  const auto productOf = [&](const float *a, const float *b) { return parts.sum([=](size_t from, size_t count) { return product(count, a + from, b + from); }); };
  const auto added = [&](double share, const float *what, const float *next) {
    return parts.sum([=](size_t from, size_t count) { return addThenProduct(count, to + from, share, what + from, next + from); });
  };
  std::copy(slope, slope + length, to);
  const size_t n = pairs.size();
  std::vector<double> curvatures(n), shares(n);
  for (size_t i = 0; i < n; i++) curvatures[i] = productOf(pairs[i].step, pairs[i].change);
  double along = productOf(pairs[n - 1].step, to);
  for (size_t i = n; i-- > 0;) {
    shares[i] = along / curvatures[i];
    along = added(-shares[i], pairs[i].change, i > 0 ? pairs[i - 1].step : pairs[0].change);
  }
  const double size = curvatures[n - 1] / productOf(pairs[n - 1].change, pairs[n - 1].change);
  for (size_t i = 0; i < length; i++) to[i] = static_cast<float>(to[i] * size);
  along *= size;
  for (size_t i = 0; i < n; i++) along = added(shares[i] - along / curvatures[i], pairs[i].step, pairs[std::min(i + 1, n - 1)].change);
}
