// Convolutions of 3×3 with 2.25 times fewer multiplications: Winograd's F(2×2, 3×3).
#ifndef HEBB_WINOGRAD_H
#define HEBB_WINOGRAD_H

#include <stddef.h>

#include "hebb_product.h"

/// Every 4×4 patch of the picture gives 2×2 pixels of the result: Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A. The sum over channels
/// is a matrix product for each of the sixteen places of a patch. Channel counts are multiples of sixteen.
/// Source: Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", doi:10.1109/CVPR.2016.435.
struct hebb_winograd {
  /// u[place · inputs · outputs + (o / 16) · inputs · 16 + c · 16 + o % 16] = (G g Gᵀ)[place] for the kernel of c and o, which
  /// has its nine weights `tap` floats apart.
  void (*weights)(const float *w, ptrdiff_t tap, ptrdiff_t input, ptrdiff_t output, ptrdiff_t inputs, ptrdiff_t outputs,
                  float *u);
  /// v[place · distance + t · channels + c] = (Bᵀ d B)[place] for `tiles` patches side by side, two pixels apart.
  void (*input)(const float *x, ptrdiff_t row, ptrdiff_t tiles, ptrdiff_t channels, float *v, ptrdiff_t distance);
  /// Two rows of the result (one if `rows` is 1) of `width` pixels from m[place · distance + t · channels + o].
  void (*output)(const float *m, ptrdiff_t distance, ptrdiff_t channels, float *y, ptrdiff_t row, ptrdiff_t rows,
                 ptrdiff_t width, const struct hebb_epilogue *epilogue);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_winograd *hebb_winograd_table(int isa);

#endif
