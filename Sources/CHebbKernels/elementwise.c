#include "hebb_elementwise.h"

#include <string.h>

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_elementwise)

static const struct hebb_elementwise *kernels(void) { return hebb_elementwise_table(hebb_isa()); }

void hebb_unary(int op, const float *x, float *y, long n) { kernels()->unary[op](x, y, n); }

// Narrow rows that all meet the same few numbers, such as biases: the numbers are repeated, and the rows become long.
static void binary_repeated(int op, const struct hebb_rows *rows) {
  float repeated[512];
  long times = 512 / rows->n < rows->rows ? 512 / rows->n : rows->rows;
  for (long i = 0; i < times; i++) memcpy(repeated + i * rows->n, rows->b, (size_t)rows->n * sizeof(float));
  struct hebb_rows wide = *rows;
  wide.b = repeated;
  wide.n = rows->n * times;
  wide.a_row = wide.n;
  wide.rows = rows->rows / times;
  kernels()->binary[op](&wide);
  long done = wide.rows * wide.n;
  wide.a += done;
  wide.y += done;
  wide.n = rows->n * (rows->rows % times);
  wide.rows = 1;
  kernels()->binary[op](&wide);
}

void hebb_binary(int op, const struct hebb_rows *rows) {
  if (rows->rows > 3 && rows->n < 64 && rows->a_step && rows->b_step && rows->a_row == rows->n && rows->b_row == 0)
    binary_repeated(op, rows);
  else
    kernels()->binary[op](rows);
}
void hebb_add_product(const float *x, const float *a, float s, float *y, long n) {
  kernels()->add_product(x, a, s, y, n);
}
void hebb_select(const float *mask, const float *a, const float *b, float *y, long n) {
  kernels()->select(mask, a, b, y, n);
}
int hebb_all_finite(const float *x, long n) { return kernels()->all_finite(x, n); }
