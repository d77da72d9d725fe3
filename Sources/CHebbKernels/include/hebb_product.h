// The one kernel behind matrix products and convolutions: a tile of sums, kept in registers.
#ifndef HEBB_PRODUCT_H
#define HEBB_PRODUCT_H

#include <stddef.h>

/// What happens to a finished sum before it is stored: y = sum · scale + bias + residual, then ReLU. Each part is optional
/// (null, or zero for `relu`).
struct hebb_epilogue {
  const float *scale, *bias;  // one a column
  const float *residual;      // laid out as the result
  int relu;
};

/// A product of `rows` × `columns`:
///
///     c[i, j] = Σ over taps t, Σ over k < length:  a[a_tap[t] + i · a_row + k · a_step] · b[b_tap[t] + k, j]
///
/// Every element is one chain of fused multiply-adds in the order of t and k, whatever the tiles. Columns of `b` lie in
/// blocks of sixteen: column j of line k is at (j / 16) · b_block + k · b_step + j % 16, and a block is whole: its sixteen
/// columns can be read even where `columns` ends earlier. Offsets in `b_tap` count floats.
struct hebb_product {
  const float *a, *b;
  float *c;
  ptrdiff_t rows, columns;
  ptrdiff_t a_row, a_step;
  ptrdiff_t b_block, b_step;
  ptrdiff_t c_row;
  ptrdiff_t taps, length;
  const ptrdiff_t *a_tap, *b_tap;
  int accumulate;  // start from c, not from zero
  const struct hebb_epilogue *epilogue;  // null: store the sums
};

/// The kernels of one instruction set.
struct hebb_product_kernels {
  void (*product)(const struct hebb_product *);
  /// b[(j / 16) · rows · 16 + k · 16 + j % 16] = x[k · row + j · column], with zeros up to a whole block.
  void (*pack_columns)(const float *x, ptrdiff_t row, ptrdiff_t column, ptrdiff_t rows, ptrdiff_t columns, float *b);
  /// c[i, j] = Σ_k a[i · a_row + k · a_step] · b[k · b_step + j · b_column] for products too small to pack.
  void (*small)(const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b, ptrdiff_t b_step, ptrdiff_t b_column,
                float *c, ptrdiff_t rows, ptrdiff_t length, ptrdiff_t columns);
  /// y = xᵀ, for x of `rows` × `columns`.
  void (*turn)(const float *x, ptrdiff_t rows, ptrdiff_t columns, float *y);
  /// The sum of `pieces` arrays that lie one behind the other, by a fixed tree. Overwrites them.
  void (*join)(float *parts, ptrdiff_t pieces, ptrdiff_t count, float *y);
  /// y[i · step + j] += x[i · row + j] for j < length, row after row.
  void (*scatter)(const float *x, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t length, float *y, ptrdiff_t step);
  /// The epilogue (null: a copy) for a row of pixels that begins at `place` of the whole result.
  void (*finish_pixels)(const float *x, ptrdiff_t pixels, ptrdiff_t channels, float *y, const struct hebb_epilogue *,
                        ptrdiff_t place);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_product_kernels *hebb_product_kernels_table(int isa);

#endif
