#include "hebb_reduce.h"

#include "hebb_elementwise.h"
#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_reduce)

static const struct hebb_reduce *kernels(void) { return hebb_reduce_table(hebb_isa()); }

float hebb_reduce_row(int op, const float *x, long n) { return kernels()->row[op](x, n); }
void hebb_reduce_columns(int op, const float *x, long rows, long stride, float *y, long n) {
  kernels()->columns[op](x, rows, stride, y, n);
}

void hebb_reduce_join(int op, float *partial, long count, long n) {
  static const int joins[] = {HEBB_ADD, HEBB_ADD, HEBB_LARGER, HEBB_SMALLER};
  for (long distance = 1; distance < count; distance *= 2)
    for (long i = 0; i + distance < count; i += 2 * distance) {
      float *left = partial + i * n;
      const float *right = left + distance * n;
      struct hebb_rows rows = {.a = left, .b = right, .y = left, .rows = 1, .n = n, .a_step = 1, .b_step = 1};
      hebb_binary(joins[op], &rows);
    }
}

void hebb_softmax(const float *x, float *y, long rows, long n) { kernels()->softmax(x, y, rows, n); }
void hebb_log_softmax(const float *x, float *y, long rows, long n) { kernels()->log_softmax(x, y, rows, n); }
void hebb_softmax_gradient(const float *y, const float *dy, float *dx, long rows, long n) {
  kernels()->softmax_gradient(y, dy, dx, rows, n);
}
void hebb_log_softmax_gradient(const float *y, const float *dy, float *dx, long rows, long n) {
  kernels()->log_softmax_gradient(y, dy, dx, rows, n);
}
