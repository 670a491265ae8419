#pragma once

#include <cstddef>

#include "wide.h"

#if defined(__AVX512F__)
constexpr int kTileRows = 7, kTileVectors = 3;
#else
constexpr int kTileRows = 4, kTileVectors = 3;
#endif

/** Rows of `depth` values, one after the other, times a matrix [depth, columns]. */
struct Factors {
  const float *rows;
  const float *matrix;
  int depth, columns;
};

template <int R, int V, int W, class Store>
inline void productTile(const Factors &f, int row, int column, const Store &store) {
  using Lanes = Wide<W>;
  typename Lanes::Floats sums[R][V] = {};
  const float *a = f.rows + static_cast<size_t>(row) * f.depth;
  const float *b = f.matrix + column;
  for (int k = 0; k < f.depth; k++, b += f.columns) {
    typename Lanes::Floats values[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; v++) values[v] = Lanes::load(b + v * W);
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
      const float factor = a[static_cast<size_t>(r) * f.depth + k];
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
inline void productRows(const Factors &f, int row, int rows, int column, const Store &store) {
  if (rows >= R) return productTile<R, V, W>(f, row, column, store);
  if constexpr (R > 1) productRows<R - 1, V, W>(f, row, rows, column, store);
}

template <int V, int W, class Store>
inline void productColumns(const Factors &f, int rows, int column, const Store &store) {
  for (int row = 0; row < rows; row += kTileRows) productRows<kTileRows, V, W>(f, row, rows - row, column, store);
}

/** Hands every sum to store(row, column, values), W neighbouring columns at a time. Each is added in the same order, whatever is computed beside it. */
template <int W, class Store>
inline void product(const Factors &f, int rows, const Store &store) {
  int column = 0;
  for (; column + kTileVectors * W <= f.columns; column += kTileVectors * W) productColumns<kTileVectors, W>(f, rows, column, store);
  if (column + 2 * W <= f.columns) productColumns<2, W>(f, rows, column, store), column += 2 * W;
  if (column < f.columns) productColumns<1, W>(f, rows, column, store);
}
