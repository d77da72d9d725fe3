// Functions of each element, and of two arrays element by element.
#ifndef HEBB_ELEMENTWISE_H
#define HEBB_ELEMENTWISE_H

enum hebb_unary {
  HEBB_NEGATE, HEBB_ABSOLUTE, HEBB_SQUARE, HEBB_ROOT, HEBB_RECIPROCAL, HEBB_EXP, HEBB_EXPM1, HEBB_LOG, HEBB_LOG1P,
  HEBB_TANH, HEBB_SIGMOID, HEBB_ERF, HEBB_SOFTPLUS, HEBB_SIN, HEBB_COS, HEBB_RELU, HEBB_SIGN, HEBB_FLOOR,
  HEBB_GELU, HEBB_GELU_TANH, HEBB_SILU,
  HEBB_UNARY_COUNT
};

/// `LEFT` copies its first operand; `GATE` is a > 0 ? b : 0; the gradients of tanh and sigmoid take (y, dy), those
/// of GELU and SiLU (x, dy); ELU and the slopes take a number on the right.
enum hebb_binary {
  HEBB_ADD, HEBB_SUBTRACT, HEBB_MULTIPLY, HEBB_DIVIDE, HEBB_LARGER, HEBB_SMALLER, HEBB_GREATER,
  HEBB_GREATER_OR_EQUAL, HEBB_LESS, HEBB_LESS_OR_EQUAL, HEBB_EQUAL, HEBB_LEFT, HEBB_GATE, HEBB_TANH_GRADIENT,
  HEBB_SIGMOID_GRADIENT, HEBB_GELU_GRADIENT, HEBB_GELU_TANH_GRADIENT, HEBB_SILU_GRADIENT, HEBB_ELU, HEBB_ELU_SLOPE,
  HEBB_LEAKY_SLOPE, HEBB_BINARY_COUNT
};

/// Rows of an op on two arrays. The result is contiguous; an operand moves by `row` elements from one row to the next,
/// and along a row by a step of 1, or 0 where a single number meets the whole row.
struct hebb_rows {
  const float *a;
  const float *b;
  float *y;
  long rows, n;
  long a_row, b_row;
  long a_step, b_step;
};

/// The kernels of one instruction set. The result may be written over an operand that moves along with it.
struct hebb_elementwise {
  void (*unary[HEBB_UNARY_COUNT])(const float *x, float *y, long n);
  void (*binary[HEBB_BINARY_COUNT])(const struct hebb_rows *rows);
  /// y = x + a · s, fused.
  void (*add_product)(const float *x, const float *a, float s, float *y, long n);
  /// y = mask ≠ 0 ? a : b.
  void (*select)(const float *mask, const float *a, const float *b, float *y, long n);
  /// Whether no element is infinite or NaN.
  int (*all_finite)(const float *x, long n);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_elementwise *hebb_elementwise_table(int isa);

void hebb_unary(int op, const float *x, float *y, long n);
void hebb_binary(int op, const struct hebb_rows *rows);
void hebb_add_product(const float *x, const float *a, float s, float *y, long n);
void hebb_select(const float *mask, const float *a, const float *b, float *y, long n);
int hebb_all_finite(const float *x, long n);

#endif
