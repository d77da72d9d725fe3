// Depthwise convolutions: every channel has a kernel of its own, and meets no other channel.
#ifndef HEBB_DEPTHWISE_H
#define HEBB_DEPTHWISE_H

#include <stddef.h>

#include "hebb_product.h"

/// A run of pixels of one row that see the same taps of the kernel, for all channels:
///
///     y[i, c] = Σ over taps t:  x[x_tap[t] + i · x_step + c] · w[w_tap[t] + c]
///
/// Every element is one chain of fused multiply-adds in the order of t. Offsets and steps count floats.
struct hebb_depthwise {
  const float *_Nonnull x;
  ptrdiff_t channels, pixels;
  ptrdiff_t x_step, y_step;
  ptrdiff_t taps;
  const ptrdiff_t *_Nonnull x_tap, *_Nonnull w_tap;
};

/// The kernels of one instruction set.
struct hebb_depthwise_kernels {
  /// The sums, finished by the epilogue (null: not at all), whose residual is laid out as y.
  void (*_Nonnull run)(const struct hebb_depthwise *_Nonnull, const float *_Nonnull w, float *_Nonnull y,
                       const struct hebb_epilogue *_Nullable);
  /// dw[w_tap[t] + c] += Σ over pixels i, in their order:  x[x_tap[t] + i · x_step + c] · dy[i · y_step + c].
  void (*_Nonnull add_weight_gradient)(const struct hebb_depthwise *_Nonnull, const float *_Nonnull dy,
                                       float *_Nonnull dw);
  /// y[i] = x[i / times].
  void (*_Nonnull repeat)(const float *_Nonnull x, ptrdiff_t count, ptrdiff_t times, float *_Nonnull y);
  /// y[i] = Σ over k < times:  x[i · times + k], in the order of k.
  void (*_Nonnull fold)(const float *_Nonnull x, ptrdiff_t count, ptrdiff_t times, float *_Nonnull y);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_depthwise_kernels *_Nonnull hebb_depthwise_kernels_table(int isa);

#endif
