// What happens to finished sums before they are stored, sixteen columns at a time.
#include "vector_kernels.h"

HEBB_INLINE v16 HEBB_NAMED(finish)(v16 sum, const struct hebb_epilogue *e, ptrdiff_t column, const float *residual) {
  if (e->scale)
    sum = fma16(sum, load(e->scale + column), load(e->bias + column));
  else if (e->bias)
    sum = sum + load(e->bias + column);
  if (residual) sum = sum + load(residual);
  if (e->relu) sum = (v16)((i16)sum & ~(sum < (v16){0}));
  return sum;
}
