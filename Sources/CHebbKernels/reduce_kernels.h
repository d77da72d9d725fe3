// Sums, extremes and softmax in a fixed order of sixteen lanes.
#include "math_kernels.h"

#include "hebb_reduce.h"

HEBB_INLINE v16 add_square16(v16 sum, v16 x) { return fma16(x, x, sum); }

// Four runs of sixteen lanes take turns, so that additions overlap. `STEP` takes an element in, `JOIN` joins two
// results, `LANES` those of a vector.
#define REDUCE(NAME, STEP, JOIN, LANES, EMPTY)                                                      \
  HEBB_INLINE float NAME##_piece(const float *x, long n) {                                          \
    v16 a = all(EMPTY), b = a, c = a, d = a;                                                        \
    long i = 0;                                                                                     \
    for (; i + 64 <= n; i += 64) {                                                                  \
      a = STEP(a, load(x + i));                                                                     \
      b = STEP(b, load(x + i + 16));                                                                \
      c = STEP(c, load(x + i + 32));                                                                \
      d = STEP(d, load(x + i + 48));                                                                \
    }                                                                                               \
    for (; i + 16 <= n; i += 16) a = STEP(a, load(x + i));                                          \
    if (i < n) b = STEP(b, load_part(x + i, n - i, EMPTY));                                         \
    return LANES(JOIN(JOIN(a, b), JOIN(c, d)));                                                     \
  }                                                                                                 \
  static float NAME##_row(const float *x, long n) {                                                 \
    if (n <= HEBB_PIECE) return NAME##_piece(x, n);                                                 \
    long left = HEBB_PIECE;                                                                         \
    while (left * 2 < n) left *= 2;                                                                 \
    v16 a = all(NAME##_row(x, left)), b = all(NAME##_row(x + left, n - left));                      \
    return JOIN(a, b)[0];                                                                           \
  }                                                                                                 \
  static void NAME##_columns(const float *x, long rows, long stride, float *y, long n) {            \
    long j = 0;                                                                                     \
    for (; j + 64 <= n; j += 64) {                                                                  \
      v16 a = all(EMPTY), b = a, c = a, d = a;                                                      \
      const float *at = x + j;                                                                      \
      for (long row = 0; row < rows; row++, at += stride) {                                         \
        a = STEP(a, load(at));                                                                      \
        b = STEP(b, load(at + 16));                                                                 \
        c = STEP(c, load(at + 32));                                                                 \
        d = STEP(d, load(at + 48));                                                                 \
      }                                                                                             \
      store(y + j, a);                                                                              \
      store(y + j + 16, b);                                                                         \
      store(y + j + 32, c);                                                                         \
      store(y + j + 48, d);                                                                         \
    }                                                                                               \
    for (; j < n; j += 16) {                                                                        \
      long width = n - j < 16 ? n - j : 16;                                                         \
      v16 a = all(EMPTY);                                                                           \
      const float *at = x + j;                                                                      \
      for (long row = 0; row < rows; row++, at += stride)                                           \
        a = STEP(a, width == 16 ? load(at) : load_part(at, width, 0));                              \
      if (width == 16) store(y + j, a);                                                             \
      else store_part(y + j, a, width);                                                             \
    }                                                                                               \
  }

REDUCE(sum, add16, add16, sum_lanes, 0.0f)
REDUCE(squares, add_square16, add16, sum_lanes, 0.0f)
REDUCE(maximum, larger, larger, largest_lane, -__builtin_inff())
REDUCE(minimum, smaller, smaller, smallest_lane, __builtin_inff())

// Runs one expression of the sixteen elements `i…` along a row of `n`.
#define ALONG(Y, N, ...)                                               \
  for (long i = 0; i < (N); i += 16) {                                 \
    const long width = (N) - i < 16 ? (N) - i : 16;                    \
    v16 result = __VA_ARGS__;                                          \
    if (width == 16) store((Y) + i, result);                           \
    else store_part((Y) + i, result, width);                           \
  }
#define AT(X) (width == 16 ? load((X) + i) : load_part((X) + i, width, 0))

static void run_softmax(const float *x, float *y, long rows, long n) {
  for (long row = 0; row < rows; row++, x += n, y += n) {
    v16 top = all(maximum_row(x, n));
    ALONG(y, n, exp_negative16(AT(x) - top))
    v16 total = all(sum_row(y, n));
    ALONG(y, n, AT(y) / total)
  }
}

static void run_log_softmax(const float *x, float *y, long rows, long n) {
  for (long row = 0; row < rows; row++, x += n, y += n) {
    v16 top = all(maximum_row(x, n));
    ALONG(y, n, exp_negative16(AT(x) - top))
    v16 total = log16(all(sum_row(y, n)));
    ALONG(y, n, (AT(x) - top) - total)
  }
}

static void run_softmax_gradient(const float *y, const float *dy, float *dx, long rows, long n) {
  for (long row = 0; row < rows; row++, y += n, dy += n, dx += n) {
    ALONG(dx, n, AT(y) * AT(dy))
    v16 total = all(sum_row(dx, n));
    ALONG(dx, n, AT(y) * (AT(dy) - total))
  }
}

static void run_log_softmax_gradient(const float *y, const float *dy, float *dx, long rows, long n) {
  for (long row = 0; row < rows; row++, y += n, dy += n, dx += n) {
    v16 total = all(sum_row(dy, n));
    ALONG(dx, n, fma16(-exp16(AT(y)), total, AT(dy)))
  }
}

const struct hebb_reduce HEBB_NAMED(hebb_reduce) = {
    .row = {sum_row, squares_row, maximum_row, minimum_row},
    .columns = {sum_columns, squares_columns, maximum_columns, minimum_columns},
    .softmax = run_softmax,
    .log_softmax = run_log_softmax,
    .softmax_gradient = run_softmax_gradient,
    .log_softmax_gradient = run_log_softmax_gradient,
};
