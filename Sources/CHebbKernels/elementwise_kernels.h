// Elementwise kernels: each is one function of sixteen lanes, run over rows.
#include "activation_kernels.h"

#include "hebb_elementwise.h"

HEBB_INLINE v16 negate16(v16 x) { return -x; }
HEBB_INLINE v16 square16(v16 x) { return x * x; }
HEBB_INLINE v16 reciprocal16(v16 x) { return 1.0f / x; }
HEBB_INLINE v16 sign16(v16 x) {
  v16 y = pick(x > 0.0f, all(1.0f), x);
  return pick(x < 0.0f, all(-1.0f), y);
}
HEBB_INLINE v16 floor16(v16 x) {
  v16 size = absolute(x);
  v16 whole = with_sign((size + 8388608.0f) - 8388608.0f, x);
  whole = whole - pick(whole > x, all(1.0f), all(0.0f));
  return pick(size < 8388608.0f, with_sign(whole, pick(whole == 0.0f, x, whole)), x);
}

#define UNARY(NAME, FUNCTION)                                                        \
  static void NAME(const float *x, float *y, long n) {                               \
    long i = 0;                                                                      \
    for (; i + 16 <= n; i += 16) store(y + i, FUNCTION(load(x + i)));                \
    if (i < n) store_part(y + i, FUNCTION(load_part(x + i, n - i, 0)), n - i);       \
  }

UNARY(run_negate, negate16)
UNARY(run_absolute, absolute)
UNARY(run_square, square16)
UNARY(run_root, root16)
UNARY(run_reciprocal, reciprocal16)
UNARY(run_exp, exp16)
UNARY(run_expm1, expm1_16)
UNARY(run_log, log16)
UNARY(run_log1p, log1p_16)
UNARY(run_tanh, tanh16)
UNARY(run_sigmoid, sigmoid16)
UNARY(run_erf, erf16)
UNARY(run_softplus, softplus16)
UNARY(run_sin, sin16)
UNARY(run_cos, cos16)
UNARY(run_relu, relu16)
UNARY(run_sign, sign16)
UNARY(run_floor, floor16)
UNARY(run_gelu, gelu16)
UNARY(run_gelu_tanh, gelu_tanh16)
UNARY(run_silu, silu16)

HEBB_INLINE v16 truth(i16 mask) { return (v16)(mask & (i16)all(1.0f)); }

HEBB_INLINE v16 subtract16(v16 a, v16 b) { return a - b; }
HEBB_INLINE v16 multiply16(v16 a, v16 b) { return a * b; }
HEBB_INLINE v16 divide16(v16 a, v16 b) { return a / b; }
HEBB_INLINE v16 greater16(v16 a, v16 b) { return truth(a > b); }
HEBB_INLINE v16 greater_or_equal16(v16 a, v16 b) { return truth(a >= b); }
HEBB_INLINE v16 less16(v16 a, v16 b) { return truth(a < b); }
HEBB_INLINE v16 less_or_equal16(v16 a, v16 b) { return truth(a <= b); }
HEBB_INLINE v16 equal16(v16 a, v16 b) { return truth(a == b); }
HEBB_INLINE v16 left16(v16 a, v16 b) { return a; }
HEBB_INLINE v16 gate16(v16 a, v16 b) { return pick(a > 0.0f, b, all(0.0f)); }
HEBB_INLINE v16 tanh_gradient16(v16 y, v16 dy) { return dy * fma16(-y, y, all(1.0f)); }
HEBB_INLINE v16 sigmoid_gradient16(v16 y, v16 dy) { return dy * fma16(-y, y, y); }

// One row: both operands run along it, or one is a single number.
#define BINARY(NAME, FUNCTION)                                                                              \
  static void NAME(const struct hebb_rows *at) {                                                            \
    const float *a = at->a, *b = at->b;                                                                     \
    float *y = at->y;                                                                                       \
    const long n = at->n;                                                                                   \
    for (long row = 0; row < at->rows; row++, a += at->a_row, b += at->b_row, y += n) {                     \
      long i = 0;                                                                                           \
      if (at->a_step && at->b_step) {                                                                       \
        for (; i + 16 <= n; i += 16) store(y + i, FUNCTION(load(a + i), load(b + i)));                      \
        if (i < n) store_part(y + i, FUNCTION(load_part(a + i, n - i, 0), load_part(b + i, n - i, 1)), n - i); \
      } else if (at->a_step) {                                                                              \
        v16 right = all(*b);                                                                                \
        for (; i + 16 <= n; i += 16) store(y + i, FUNCTION(load(a + i), right));                            \
        if (i < n) store_part(y + i, FUNCTION(load_part(a + i, n - i, 0), right), n - i);                   \
      } else {                                                                                              \
        v16 left = all(*a);                                                                                 \
        for (; i + 16 <= n; i += 16) store(y + i, FUNCTION(left, at->b_step ? load(b + i) : all(*b)));      \
        if (i < n)                                                                                          \
          store_part(y + i, FUNCTION(left, at->b_step ? load_part(b + i, n - i, 1) : all(*b)), n - i);      \
      }                                                                                                     \
    }                                                                                                       \
  }

BINARY(run_add, add16)
BINARY(run_subtract, subtract16)
BINARY(run_multiply, multiply16)
BINARY(run_divide, divide16)
BINARY(run_larger, larger)
BINARY(run_smaller, smaller)
BINARY(run_greater, greater16)
BINARY(run_greater_or_equal, greater_or_equal16)
BINARY(run_less, less16)
BINARY(run_less_or_equal, less_or_equal16)
BINARY(run_equal, equal16)
BINARY(run_left, left16)
BINARY(run_gate, gate16)
BINARY(run_tanh_gradient, tanh_gradient16)
BINARY(run_sigmoid_gradient, sigmoid_gradient16)
BINARY(run_gelu_gradient, gelu_gradient16)
BINARY(run_gelu_tanh_gradient, gelu_tanh_gradient16)
BINARY(run_silu_gradient, silu_gradient16)
BINARY(run_elu, elu16)
BINARY(run_elu_slope, elu_slope16)
BINARY(run_leaky_slope, leaky_slope16)

static void run_add_product(const float *x, const float *a, float s, float *y, long n) {
  v16 factor = all(s);
  long i = 0;
  for (; i + 16 <= n; i += 16) store(y + i, fma16(load(a + i), factor, load(x + i)));
  if (i < n) store_part(y + i, fma16(load_part(a + i, n - i, 0), factor, load_part(x + i, n - i, 0)), n - i);
}

static void run_select(const float *mask, const float *a, const float *b, float *y, long n) {
  long i = 0;
  for (; i + 16 <= n; i += 16) store(y + i, pick(load(mask + i) != 0.0f, load(a + i), load(b + i)));
  if (i < n) {
    i16 chosen = load_part(mask + i, n - i, 0) != 0.0f;
    store_part(y + i, pick(chosen, load_part(a + i, n - i, 0), load_part(b + i, n - i, 0)), n - i);
  }
}

static int run_all_finite(const float *x, long n) {
  long i = 0;
  i16 finite = (i16){} - 1;
  for (; i + 16 <= n; i += 16) finite &= absolute(load(x + i)) < __builtin_inff();
  if (i < n) finite &= absolute(load_part(x + i, n - i, 0)) < __builtin_inff();
  return __builtin_reduce_and(finite) != 0;
}

const struct hebb_elementwise HEBB_NAMED(hebb_elementwise) = {
    .unary = {run_negate, run_absolute, run_square, run_root, run_reciprocal, run_exp, run_expm1, run_log, run_log1p,
              run_tanh, run_sigmoid, run_erf, run_softplus, run_sin, run_cos, run_relu, run_sign, run_floor,
              run_gelu, run_gelu_tanh, run_silu},
    .binary = {run_add, run_subtract, run_multiply, run_divide, run_larger, run_smaller, run_greater,
               run_greater_or_equal, run_less, run_less_or_equal, run_equal, run_left, run_gate, run_tanh_gradient,
               run_sigmoid_gradient, run_gelu_gradient, run_gelu_tanh_gradient, run_silu_gradient, run_elu,
               run_elu_slope, run_leaky_slope},
    .add_product = run_add_product,
    .select = run_select,
    .all_finite = run_all_finite,
};
