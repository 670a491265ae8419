#pragma once

#include <algorithm>
#include <cstddef>

#include "wide.h"

#if defined(__AVX512F__)
constexpr int kTileRows = 7, kTileVectors = 3;
#else
constexpr int kTileRows = 4, kTileVectors = 3;
#endif

/** Rows of `depth` values, `stride` floats from each to the next. */
struct FactorRows {
  const float *first;
  ptrdiff_t stride;
  int count, depth;
};

/** A matrix [depth, columns] as it is. */
struct PlainMatrix {
  const float *values;
  int columns;

  const float *panel(int column, int) const { return values + column; }
  ptrdiff_t step(int) const { return columns; }
};

/**
 * A matrix [depth, columns] cut into panels of neighbouring columns, [panels, depth, columns of a panel], so that a product reads one value after the
 * other. The last panel may be narrower. Columns are multiples of eight.
 */
struct PackedMatrix {
  const float *values;
  int columns;

  const float *panel(int column, int depth) const { return values + static_cast<size_t>(column) * depth; }
  ptrdiff_t step(int width) const { return width; }

  /** Where a value lies. */
  static size_t index(int depth, int columns, int row, int column) {
    const int whole = kTileVectors * (columns % kWidest ? 8 : kWidest), start = column / whole * whole;
    return static_cast<size_t>(start) * depth + static_cast<size_t>(row) * std::min(whole, columns - start) + (column - start);
  }
};

template <int R, int V, int W, class Store>
inline void productTile(const FactorRows &rows, int row, const float *panel, ptrdiff_t step, int column, const Store &store) {
  using Lanes = Wide<W>;
  typename Lanes::Floats sums[R][V] = {};
  const float *a = rows.first + row * rows.stride;
  for (int k = 0; k < rows.depth; k++, panel += step) {
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
inline void productRows(const FactorRows &rows, int row, const float *panel, ptrdiff_t step, int column, const Store &store) {
  if (rows.count - row >= R) return productTile<R, V, W>(rows, row, panel, step, column, store);
  if constexpr (R > 1) productRows<R - 1, V, W>(rows, row, panel, step, column, store);
}

template <int V, int W, class Matrix, class Store>
inline void productColumns(const FactorRows &rows, const Matrix &matrix, int column, const Store &store) {
  const float *panel = matrix.panel(column, rows.depth);
  for (int row = 0; row < rows.count; row += kTileRows) productRows<kTileRows, V, W>(rows, row, panel, matrix.step(V * W), column, store);
}

/**
 * The rows times a matrix: hands every sum to store(row, column, values), W neighbouring columns at a time. Each is added in the same order, whatever
 * is computed beside it.
 */
template <int W, class Matrix, class Store>
inline void product(const FactorRows &rows, const Matrix &matrix, const Store &store) {
  int column = 0;
  for (; column + kTileVectors * W <= matrix.columns; column += kTileVectors * W) productColumns<kTileVectors, W>(rows, matrix, column, store);
  if (matrix.columns - column == 2 * W) productColumns<2, W>(rows, matrix, column, store);
  else if (matrix.columns > column) productColumns<1, W>(rows, matrix, column, store);
}

/** How many rows of all a task takes: at most about so many, as many as others do, and whole tiles. */
inline int rowsOfTask(int all, int most, int threads) {
  const auto divided = [](int a, int b) { return (a + b - 1) / b; };
  const int tasks = divided(divided(all, most), threads) * threads;
  return divided(divided(all, tasks), kTileRows) * kTileRows;
}
