#include "envelopes.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "fourier.h"
#include "group.h"
#include "spectrum.h"
#include "team.h"

void checkDesign(const EnvelopesDesign &design) {
  const auto refuse = [](const char *why) { throw std::invalid_argument(why); };
  if (design.samples % (2 * kLanes) != 0 || !Fourier::can(design.samples / kLanes)) refuse("the sound's length is not 16 times a product of 2, 3 and 5");
  if (design.columns <= 2 * kEdge) refuse("there are too few columns for the two ends");
  for (const GroupDesign &group : design.groups) {
    if (group.rows.empty() || group.rows.size() > kLanes) refuse("a group has 1 to 8 rows");
    if (group.length % design.columns != 0 || !Fourier::can(group.length)) refuse("a group's length is not a multiple of the columns, or not a product of 2, 3 and 5");
    for (const FilterRow &row : group.rows) {
      const int bins = static_cast<int>(row.responses.size());
      if (row.start < 0 || bins == 0 || bins > group.length || row.start + bins > design.samples / 2 + 1) refuse("a row has bins beyond the spectrum or the group's length");
    }
  }
}

Envelopes::Envelopes(const EnvelopesDesign &design)
    : samples_(design.samples), columns_(design.columns), spectrum_(new Spectrum(design.samples)) {
  for (const GroupDesign &group : design.groups) {
    groups_.emplace_back(new Group(design, group, rows_));
    rows_ += static_cast<int>(group.rows.size());
  }
  dearestFirst_.resize(groups_.size());
  std::iota(dearestFirst_.begin(), dearestFirst_.end(), 0);
  std::stable_sort(dearestFirst_.begin(), dearestFirst_.end(), [&](int a, int b) { return groups_[a]->cost() > groups_[b]->cost(); });
}

Envelopes::~Envelopes() = default;

void Envelopes::forward(const float *wave, float *out, int threads) const {
  std::vector<Complex> spectrum(spectrum_->bins());
  spectrum_->forward(wave, spectrum.data());
  std::vector<Workspace> spaces(threads);
  shareOut(static_cast<int>(groups_.size()), threads, [&](int task, int worker) {
    groups_[dearestFirst_[task]]->forward(spectrum.data(), out, spaces[worker]);
  });
}

void Envelopes::backward(const float *wave, const float *dy, float *out, int threads) const {
  const int bins = spectrum_->bins();
  std::vector<Complex> spectrum(bins);
  spectrum_->forward(wave, spectrum.data());
  std::vector<Workspace> spaces(threads);
  // A sum of its own for each group, added in order: the same numbers whichever thread was quicker.
  std::vector<std::vector<Complex>> towards(groups_.size());
  shareOut(static_cast<int>(groups_.size()), threads, [&](int task, int worker) {
    const int g = dearestFirst_[task];
    towards[g].assign(groups_[g]->span(), Complex{});
    groups_[g]->backward(spectrum.data(), dy, towards[g].data(), spaces[worker]);
  });
  std::fill(spectrum.begin(), spectrum.end(), Complex{});
  for (size_t g = 0; g < groups_.size(); g++) {
    Complex *to = spectrum.data() + groups_[g]->firstBin();
    for (size_t k = 0; k < towards[g].size(); k++) to[k] = {to[k].re + towards[g][k].re, to[k].im + towards[g][k].im};
  }
  spectrum_->transpose(spectrum.data(), out);
}
