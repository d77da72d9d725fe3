// Normalisation: statistics per channel over rows, and per row over channels.
#ifndef HEBB_NORMALIZATION_H
#define HEBB_NORMALIZATION_H

/// What a channel's normalisation needs, one float a channel each:
/// y = (x − mean) · scale + shift, then the larger of y and 0 where `rectified`.
struct hebb_affine {
  const float *_Nonnull mean, *_Nonnull scale, *_Nonnull shift;
  int rectified;
};

/// The numbers of one row normalisation; gain and shift may be null: 1 and 0.
struct hebb_row_norm {
  long rows, width;
  float epsilon;
  const float *_Nullable gain, *_Nullable shift;
};

/// The kernels of one instruction set. In the first four, x has `rows` rows of `pitch` floats, and the channels are sixteen floats each from the pointers on:
/// `width` is a multiple of 16.
struct hebb_normalization {
  /// The mean of each channel and the sum of its squared deviations from that mean.
  void (*_Nonnull moments)(long rows, long pitch, long width, const float *_Nonnull x, float *_Nonnull mean,
                           float *_Nonnull deviation);
  /// The sums over rows of dy and of dy · (x − mean); where rectified, dy counts only where y > 0.
  void (*_Nonnull gradient_sums)(long rows, long pitch, long width, const float *_Nonnull x, const float *_Nonnull dy,
                                 const struct hebb_affine *_Nonnull affine, float *_Nonnull sum,
                                 float *_Nonnull product);
  /// y for `count` floats, of which the first belongs to channel 0 and each `width` floats are one row.
  void (*_Nonnull apply)(long count, long width, const float *_Nonnull x, const struct hebb_affine *_Nonnull affine,
                         float *_Nonnull y);
  /// dx = scale · dy − a − (x − mean) · b, dy as above; `count` and `width` as in `apply`.
  void (*_Nonnull gradient)(long count, long width, const float *_Nonnull x, const float *_Nonnull dy,
                            const struct hebb_affine *_Nonnull affine, const float *_Nonnull a,
                            const float *_Nonnull b, float *_Nonnull dx);
  /// y = (x − mean) · inverse · gain + shift in each row, and the row's mean and 1 / √(variance + ε).
  void (*_Nonnull rows)(const struct hebb_row_norm *_Nonnull, const float *_Nonnull x, float *_Nonnull y,
                        float *_Nonnull mean, float *_Nonnull inverse);
  /// dx, and the sums over these rows of dy · x̂ and dy, added to `gain` and `shift`.
  void (*_Nonnull rows_gradient)(const struct hebb_row_norm *_Nonnull, const float *_Nonnull x,
                                 const float *_Nonnull dy, const float *_Nonnull mean, const float *_Nonnull inverse,
                                 float *_Nonnull dx, float *_Nonnull gain, float *_Nonnull shift);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_normalization *_Nonnull hebb_normalization_table(int isa);

#endif
