#include "hebb_elementwise.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_elementwise)

static const struct hebb_elementwise *kernels(void) { return hebb_elementwise_table(hebb_isa()); }

void hebb_unary(int op, const float *x, float *y, long n) { kernels()->unary[op](x, y, n); }
void hebb_binary(int op, const struct hebb_rows *rows) { kernels()->binary[op](rows); }
void hebb_add_product(const float *x, const float *a, float s, float *y, long n) {
  kernels()->add_product(x, a, s, y, n);
}
void hebb_select(const float *mask, const float *a, const float *b, float *y, long n) {
  kernels()->select(mask, a, b, y, n);
}
int hebb_all_finite(const float *x, long n) { return kernels()->all_finite(x, n); }
