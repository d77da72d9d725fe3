// What happens to finished sums before they are stored, sixteen columns at a time.
HEBB_INLINE v16 HEBB_NAMED(finish)(v16 sum, const struct hebb_epilogue *e, ptrdiff_t column, const float *residual) {
  if (e->scale)
    sum = __builtin_elementwise_fma(sum, *(const v16_unaligned *)(e->scale + column), *(const v16_unaligned *)(e->bias + column));
  else if (e->bias)
    sum = sum + *(const v16_unaligned *)(e->bias + column);
  if (residual) sum = sum + *(const v16_unaligned *)residual;
  if (e->relu) sum = (v16)((i16)sum & ~(sum < (v16){0}));
  return sum;
}
