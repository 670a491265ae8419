#include "group.h"

#include <algorithm>
#include <cmath>

namespace {

/** Outputs at both ends: a number known when this is compiled, so that their sums are kept in registers. */
constexpr int kEnds = 2 * kEdge;

int widest(const std::vector<FilterRow> &rows) {
  size_t most = 0;
  for (const FilterRow &row : rows) most = std::max(most, row.responses.size());
  return static_cast<int>(most);
}

/** Values per output in one phase: the fewest that hold the bins and divide what there are of them. */
int perColumnOf(int bins, int columns, int length) {
  const int block = length / columns;
  for (int each = 1; each < block; each++) {
    if (block % each == 0 && each * columns >= bins && Fourier::can(each * columns)) return each;
  }
  return block;
}

Lanes squareRoot(Lanes x) {
  for (int j = 0; j < kLanes; j++) x[j] = std::sqrt(x[j]);
  return x;
}

Lanes magnitude(const ComplexLanes &z) { return squareRoot(z.re * z.re + z.im * z.im); }

/** a / b, and 0 where b is 0. */
Lanes divideOrZero(const Lanes &a, const Lanes &b) { return b > 0 ? a / b : Lanes{}; }

}  // namespace

Group::Group(const EnvelopesDesign &design, const GroupDesign &group, int firstRow)
    : firstRow_(firstRow),
      rows_(static_cast<int>(group.rows.size())),
      columns_(design.columns),
      reach_(design.reach),
      bins_(widest(group.rows)),
      phases_(group.length / (perColumnOf(bins_, columns_, group.length) * columns_)),
      perColumn_(group.length / columns_ / phases_),
      part_(perColumn_ * columns_),
      responses_(bins_) {
  for (int lane = 0; lane < rows_; lane++) {
    const auto &[start, values] = group.rows[lane];
    starts_.push_back(start);
    own_.push_back(static_cast<int>(values.size()));
    pastLastBin_ = std::max(pastLastBin_, start + own_.back());
    for (int k = 0; k < own_.back(); k++) responses_[k][lane] = values[k] / design.samples;
  }
  const int span = (2 * reach_ + 1) * perColumn_;
  for (int r = 0; r < phases_; r++) {
    for (int k = 0; k < bins_; k++) {
      const double angle = 2 * M_PI * (static_cast<double>(k) * r) / group.length;
      turns_.push_back({static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))});
    }
    for (int i = 0; i < span; i++) taps_.push_back(group.taps[phases_ * i + r]);
    for (int value = 0; value < part_.length(); value++) {
      for (int e = 0; e < kEnds; e++) ends_.push_back(group.ends[static_cast<size_t>(e) * group.length + phases_ * value + r]);
    }
  }
}

/** The rows' filtered bins, moved to the first ones. */
void Group::filteredBins(const Complex *spectrum, Workspace &space) const {
  space.bins.assign(bins_, ComplexLanes{});
  for (int lane = 0; lane < rows_; lane++) {
    const Complex *from = spectrum + starts_[lane];
    for (int k = 0; k < own_[lane]; k++) {
      space.bins[k].re[lane] = from[k].re * responses_[k][lane];
      space.bins[k].im[lane] = from[k].im * responses_[k][lane];
    }
  }
}

/** Every phases-th value from the r-th of the subbands. */
const ComplexLanes *Group::phase(int r, Workspace &space) const {
  const Complex *turn = turns_.data() + static_cast<size_t>(r) * bins_;
  for (int k = 0; k < bins_; k++) space.a[k] = space.bins[k] * turn[k];
  std::fill(space.a.begin() + bins_, space.a.begin() + part_.length(), ComplexLanes{});
  return part_.run(Direction::inverse, space.a.data(), space.b.data());
}

/** What a phase gives to the outputs away from the ends. `magnitudes` has reach blocks of zeros on either side. */
void Group::addPhase(int r, const Lanes *magnitudes, Lanes *outputs) const {
  const int span = (2 * reach_ + 1) * perColumn_;
  const float *taps = taps_.data() + static_cast<size_t>(r) * span;
  for (int c = kEdge; c < columns_ - kEdge; c++) {
    const Lanes *from = magnitudes + c * perColumn_;
    Lanes even{}, odd{};
    int i = 0;
    for (; i + 1 < span; i += 2) {
      even += from[i] * taps[i];
      odd += from[i + 1] * taps[i + 1];
    }
    if (i < span) even += from[i] * taps[i];
    outputs[c] += even + odd;
  }
}

void Group::addEnds(int r, const Lanes *magnitudes, Lanes *outputs) const {
  const float *weights = ends_.data() + static_cast<size_t>(r) * part_.length() * kEnds;
  Lanes sums[kEnds] = {};
  for (int value = 0; value < part_.length(); value++, weights += kEnds) {
    for (int e = 0; e < kEnds; e++) sums[e] += magnitudes[value] * weights[e];
  }
  for (int e = 0; e < kEdge; e++) {
    outputs[e] += sums[e];
    outputs[columns_ - kEdge + e] += sums[kEdge + e];
  }
}

void Group::forward(const Complex *spectrum, float *envelopes, Workspace &space) const {
  const int length = part_.length(), border = reach_ * perColumn_;
  space.a.resize(std::max<size_t>(space.a.size(), length));
  space.b.resize(std::max<size_t>(space.b.size(), length));
  space.padded.assign(length + 2 * border, Lanes{});
  space.outputs.assign(columns_, Lanes{});
  filteredBins(spectrum, space);
  for (int r = 0; r < phases_; r++) {
    const ComplexLanes *z = phase(r, space);
    for (int i = 0; i < length; i++) space.padded[border + i] = magnitude(z[i]);
    addPhase(r, space.padded.data(), space.outputs.data());
    addEnds(r, space.padded.data() + border, space.outputs.data());
  }
  for (int lane = 0; lane < rows_; lane++) {
    for (int c = 0; c < columns_; c++) envelopes[(firstRow_ + lane) * columns_ + c] = space.outputs[c][lane];
  }
}

/** Gradient of one value: the filter's transpose. `padded` is dy with the ends left out and reach zeros on either side. */
Lanes Group::weighted(int r, int value, const Lanes *padded, const Lanes *ends) const {
  const int span = 2 * reach_ + 1, column = value / perColumn_, place = value % perColumn_;
  const float *taps = taps_.data() + static_cast<size_t>(r) * span * perColumn_ + place;
  const float *weights = ends_.data() + (static_cast<size_t>(r) * part_.length() + value) * kEnds;
  Lanes inner{}, outer{};
  for (int b = 0; b < span; b++) inner += padded[column + span - 1 - b] * taps[b * perColumn_];
  for (int e = 0; e < kEnds; e++) outer += ends[e] * weights[e];
  return inner + outer;
}

void Group::backward(const Complex *spectrum, const float *dy, Complex *towards, Workspace &space) const {
  const int length = part_.length();
  space.a.resize(std::max<size_t>(space.a.size(), length));
  space.b.resize(std::max<size_t>(space.b.size(), length));
  space.padded.assign(columns_ + 2 * reach_, Lanes{});
  space.outputs.assign(bins_ * 2, Lanes{});
  Lanes ends[kEnds] = {};
  for (int lane = 0; lane < rows_; lane++) {
    const float *row = dy + (firstRow_ + lane) * columns_;
    for (int c = kEdge; c < columns_ - kEdge; c++) space.padded[reach_ + c][lane] = row[c];
    for (int e = 0; e < kEdge; e++) {
      ends[e][lane] = row[e];
      ends[kEdge + e][lane] = row[columns_ - kEdge + e];
    }
  }
  filteredBins(spectrum, space);
  Lanes *re = space.outputs.data(), *im = re + bins_;
  for (int r = 0; r < phases_; r++) {
    ComplexLanes *z = const_cast<ComplexLanes *>(phase(r, space));
    for (int i = 0; i < length; i++) {
      const Lanes slope = divideOrZero(weighted(r, i, space.padded.data(), ends), magnitude(z[i]));
      z[i] = {z[i].re * slope, z[i].im * slope};
    }
    const ComplexLanes *u = part_.run(Direction::forward, z, z == space.a.data() ? space.b.data() : space.a.data());
    const Complex *turn = turns_.data() + static_cast<size_t>(r) * bins_;
    for (int k = 0; k < bins_; k++) {
      const ComplexLanes back = u[k] * Complex{turn[k].re, -turn[k].im};
      re[k] += back.re;
      im[k] += back.im;
    }
  }
  for (int lane = 0; lane < rows_; lane++) {
    for (int k = 0; k < own_[lane]; k++) {
      Complex &to = towards[starts_[lane] - firstBin() + k];
      to.re += re[k][lane] * responses_[k][lane];
      to.im += im[k][lane] * responses_[k][lane];
    }
  }
}
