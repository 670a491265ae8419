#pragma once

#include <algorithm>
#include <cstddef>

#include "wide.h"

#if defined(__AVX512F__)
constexpr int kPanelRows = 7, kPanelVectors = 3;
#else
constexpr int kPanelRows = 4, kPanelVectors = 3;
#endif

/**
 * Where a value of a matrix [depth, columns] lies once it is packed: [panels, depth, columns of a panel], as a product reads it. The last panel
 * may be narrower. Columns are multiples of eight.
 */
inline size_t packedIndex(int depth, int columns, int row, int column) {
  const int whole = kPanelVectors * (columns % kWidest ? 8 : kWidest), start = column / whole * whole;
  return static_cast<size_t>(start) * depth + static_cast<size_t>(row) * std::min(whole, columns - start) + (column - start);
}

/** Rows of `depth` values, `stride` floats from each to the next. */
struct FactorRows {
  const float *first;
  ptrdiff_t stride;
  int count, depth;
};

template <int R, int V, int W, class Store>
inline void panelTile(const FactorRows &rows, int row, const float *panel, int column, const Store &store) {
  using Lanes = Wide<W>;
  typename Lanes::Floats sums[R][V] = {};
  const float *a = rows.first + row * rows.stride;
  for (int k = 0; k < rows.depth; k++, panel += V * W) {
    typename Lanes::Floats values[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; v++) values[v] = Lanes::load(panel + v * W);
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
      const float factor = a[r * rows.stride + k];
#pragma GCC unroll 8
      for (int v = 0; v < V; v++) sums[r][v] += factor * values[v];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; r++)
#pragma GCC unroll 8
    for (int v = 0; v < V; v++) store(row + r, column + v * W, sums[r][v]);
}

template <int R, int V, int W, class Store>
inline void panelRows(const FactorRows &rows, int row, const float *panel, int column, const Store &store) {
  if (rows.count - row >= R) return panelTile<R, V, W>(rows, row, panel, column, store);
  if constexpr (R > 1) panelRows<R - 1, V, W>(rows, row, panel, column, store);
}

template <int V, int W, class Store>
inline void panelProduct(const FactorRows &rows, const float *panel, int column, const Store &store) {
  for (int row = 0; row < rows.count; row += kPanelRows) panelRows<kPanelRows, V, W>(rows, row, panel, column, store);
}

/** The rows times a packed matrix of so many columns: hands every sum to store(row, column, values), W neighbouring columns at a time. */
template <int W, class Store>
inline void packedProduct(const FactorRows &rows, const float *packed, int columns, const Store &store) {
  constexpr int kWhole = kPanelVectors * W;
  const auto panel = [&](int column) { return packed + static_cast<size_t>(column) * rows.depth; };
  int column = 0;
  for (; column + kWhole <= columns; column += kWhole) panelProduct<kPanelVectors, W>(rows, panel(column), column, store);
  if (columns - column == 2 * W) panelProduct<2, W>(rows, panel(column), column, store);
  else if (columns > column) panelProduct<1, W>(rows, panel(column), column, store);
}

/** How many rows of all a task takes: at most about so many, as many as others do, and whole tiles. */
inline int rowsOfTask(int all, int most, int threads) {
  const auto divided = [](int a, int b) { return (a + b - 1) / b; };
  const int tasks = divided(divided(all, most), threads) * threads;
  return divided(divided(all, tasks), kPanelRows) * kPanelRows;
}
