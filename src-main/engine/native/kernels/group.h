#pragma once

#include <algorithm>
#include <vector>

#include "envelopes.h"

/** Space that one thread works in. */
struct Workspace {
  std::vector<ComplexLanes> a, b, bins;
  std::vector<Lanes> padded, outputs;
};

/** Up to eight subbands, side by side. */
class Group {
 public:
  Group(const EnvelopesDesign &design, const GroupDesign &group, int firstRow);
  /** First bin that any of the rows needs, and how many from there. */
  int firstBin() const { return *std::min_element(starts_.begin(), starts_.end()); }
  int span() const { return pastLastBin_ - firstBin(); }
  double cost() const { return static_cast<double>(phases_) * part_.length(); }

  void forward(const Complex *spectrum, float *envelopes, Workspace &space) const;
  /** Adds to the gradient with respect to the spectrum's bins from firstBin. */
  void backward(const Complex *spectrum, const float *dy, Complex *towards, Workspace &space) const;

 private:
  int firstRow_, rows_, columns_, reach_;
  /** Bins of the widest row; phases; values of a phase per output. */
  int bins_, phases_, perColumn_;
  Fourier part_;
  /** Of each row: its first bin in the spectrum, and how many it has. A narrow row near the spectrum's end has no room for the widest one's. */
  std::vector<int> starts_, own_;
  int pastLastBin_ = 0;
  /** Responses divided by the samples, [bins], a row per lane; zero beyond a row's own. */
  std::vector<Lanes> responses_;
  /** exp(2 pi i k r / length): [phases, bins]. */
  std::vector<Complex> turns_;
  /** The filter's taps of each phase: [phases, (2 reach + 1) perColumn]. */
  std::vector<float> taps_;
  /** Weights in the outputs at the ends: [phases, values of a phase, 2 kEdge]. */
  std::vector<float> ends_;

  void filteredBins(const Complex *spectrum, Workspace &space) const;
  const ComplexLanes *phase(int r, Workspace &space) const;
  void addPhase(int r, const Lanes *magnitudes, Lanes *outputs) const;
  void addEnds(int r, const Lanes *magnitudes, Lanes *outputs) const;
  Lanes weighted(int r, int value, const Lanes *padded, const Lanes *ends) const;
};
