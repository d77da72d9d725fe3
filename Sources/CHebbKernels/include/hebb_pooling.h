// Pooling over windows of pictures `[batch, height, width, channels]`, one picture a call.
#ifndef HEBB_POOLING_H
#define HEBB_POOLING_H

/// Sizes and windows. The window of output row i is rows `top[i]` up to before `bottom[i]`, and so for columns;
/// `row_size` and `column_size` are the divisors of the average.
struct hebb_pooling {
  long height, width, channels, out_height, out_width;
  const int *_Nonnull top, *_Nonnull bottom, *_Nonnull left, *_Nonnull right;
  const int *_Nonnull row_size, *_Nonnull column_size;
  /// Whether no element lies in two windows.
  int apart;
};

/// The kernels of one instruction set.
struct hebb_pooling_kernels {
  /// y = the largest element of each window; NaN wins.
  void (*_Nonnull largest)(const struct hebb_pooling *_Nonnull, const float *_Nonnull x, float *_Nonnull y);
  /// dx = dy at the first largest element of each window, summed in window order.
  void (*_Nonnull largest_gradient)(const struct hebb_pooling *_Nonnull, const float *_Nonnull x,
                                    const float *_Nonnull dy, float *_Nonnull dx);
  /// y = the sum of each window over its size.
  void (*_Nonnull average)(const struct hebb_pooling *_Nonnull, const float *_Nonnull x, float *_Nonnull y);
  /// dx = dy over the window's size, at each of its elements, summed in window order.
  void (*_Nonnull average_gradient)(const struct hebb_pooling *_Nonnull, const float *_Nonnull dy,
                                    float *_Nonnull dx);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_pooling_kernels *_Nonnull hebb_pooling_kernels_table(int isa);

#endif
