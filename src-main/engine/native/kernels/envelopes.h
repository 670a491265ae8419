#pragma once

#include <memory>
#include <vector>

#include "fourier.h"

/** Outputs at each end of a sound that see its border. */
constexpr int kEdge = 6;

/** One subband's filter: real responses of the bins from `start`. */
struct FilterRow {
  int start;
  std::vector<float> responses;
};

/** Up to eight neighbouring subbands that go back to time at one rate. */
struct GroupDesign {
  std::vector<FilterRow> rows;
  /** Values of each over the whole sound: a multiple of the columns. */
  int length;
  /** The anti-alias filter at this rate for outputs away from the ends: its span of blocks, the output's own in the middle. */
  std::vector<float> taps;
  /** Weights of all values in the outputs at the two ends, output by output: [2 kEdge, length]. */
  std::vector<float> ends;
};

struct EnvelopesDesign {
  /** Of the sound, and of its envelopes. */
  int samples, columns;
  /** Blocks before and after an output that `taps` covers. */
  int reach;
  std::vector<GroupDesign> groups;
};

/** @throws std::invalid_argument where lengths do not fit each other, or have factors other than 2, 3 and 5 */
void checkDesign(const EnvelopesDesign &design);

class Group;
class Spectrum;

/**
 * Subband envelopes of a sound, and the way back, group by group, so that what is needed on the way stays in the processor's cache.
 * A group's values are computed in phases: every n-th value is a short transform of the group's few bins, turned.
 */
class Envelopes {
 public:
  explicit Envelopes(const EnvelopesDesign &design);
  ~Envelopes();
  int samples() const { return samples_; }
  int rows() const { return rows_; }
  int columns() const { return columns_; }

  /** @param out [rows, columns] */
  void forward(const float *wave, float *out, int threads) const;
  /** Gradient with respect to the envelopes [rows, columns] to that with respect to the wave: `out`, [samples]. */
  void backward(const float *wave, const float *dy, float *out, int threads) const;

 private:
  int samples_, columns_, rows_ = 0;
  std::unique_ptr<Spectrum> spectrum_;
  std::vector<std::unique_ptr<Group>> groups_;
  std::vector<int> dearestFirst_;
};
