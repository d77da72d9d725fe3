// Sums and extremes. The order of every sum is fixed: pieces of 4,096 terms in sixteen lanes, joined pair by pair.
#ifndef HEBB_REDUCE_H
#define HEBB_REDUCE_H

/// How many terms one piece adds before pieces are joined.
#define HEBB_PIECE 4096

enum hebb_reduction { HEBB_SUM, HEBB_SUM_OF_SQUARES, HEBB_MAXIMUM, HEBB_MINIMUM, HEBB_REDUCTION_COUNT };

/// The kernels of one instruction set.
struct hebb_reduce {
  /// All of `n` > 0 elements.
  float (*row[HEBB_REDUCTION_COUNT])(const float *x, long n);
  /// y[j] over at most a piece of rows, each `stride` elements after the one before, for `n` columns.
  void (*columns[HEBB_REDUCTION_COUNT])(const float *x, long rows, long stride, float *y, long n);
  /// Of each row of `n`: exp(x − max) / Σ exp(x − max), and its logarithm.
  void (*softmax)(const float *x, float *y, long rows, long n);
  void (*log_softmax)(const float *x, float *y, long rows, long n);
  /// dx = y · (dy − Σ y · dy), from the softmax y.
  void (*softmax_gradient)(const float *y, const float *dy, float *dx, long rows, long n);
  /// dx = dy − exp(y) · Σ dy, from the logarithm y of the softmax.
  void (*log_softmax_gradient)(const float *y, const float *dy, float *dx, long rows, long n);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_reduce *hebb_reduce_table(int isa);

float hebb_reduce_row(int op, const float *x, long n);
void hebb_reduce_columns(int op, const float *x, long rows, long stride, float *y, long n);
/// Joins partial results pair by pair, in place: `count` rows of `n` columns, the result in the first.
void hebb_reduce_join(int op, float *partial, long count, long n);
void hebb_softmax(const float *x, float *y, long rows, long n);
void hebb_log_softmax(const float *x, float *y, long rows, long n);
void hebb_softmax_gradient(const float *y, const float *dy, float *dx, long rows, long n);
void hebb_log_softmax_gradient(const float *y, const float *dy, float *dx, long rows, long n);

#endif
