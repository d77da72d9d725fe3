// Activations that no other function gives in one pass, and their gradients: from x, or for ELU from y, and dy.
#ifndef HEBB_ACTIVATION_KERNELS_H
#define HEBB_ACTIVATION_KERNELS_H

#include "math_kernels.h"

// The cumulative distribution of the normal distribution.
HEBB_INLINE v16 normal16(v16 x) { return fma16(erf16(x * 0.707106781f), all(0.5f), all(0.5f)); }

HEBB_INLINE v16 gelu16(v16 x) { return x * normal16(x); }
HEBB_INLINE v16 gelu_gradient16(v16 x, v16 dy) {
  v16 density = exp16(x * x * -0.5f) * 0.398942280f;
  return dy * fma16(x, density, normal16(x));
}

HEBB_INLINE v16 gelu_tanh_inner16(v16 x) { return tanh16(fma16(x * x, all(0.0356774081f), all(0.797884561f)) * x); }
HEBB_INLINE v16 gelu_tanh16(v16 x) { return fma16(gelu_tanh_inner16(x), all(0.5f), all(0.5f)) * x; }
HEBB_INLINE v16 gelu_tanh_gradient16(v16 x, v16 dy) {
  v16 t = gelu_tanh_inner16(x);
  v16 inner = fma16(x * x, all(0.107032224f), all(0.797884561f)) * x;
  return dy * (fma16(fma16(-t, t, all(1.0f)), inner, 1.0f + t) * 0.5f);
}

HEBB_INLINE v16 silu16(v16 x) { return x * sigmoid16(x); }
HEBB_INLINE v16 silu_gradient16(v16 x, v16 dy) {
  v16 s = sigmoid16(x);
  return dy * (s * fma16(x, 1.0f - s, all(1.0f)));
}

HEBB_INLINE v16 elu16(v16 x, v16 alpha) { return pick(x > 0.0f, x, expm1_16(x) * alpha); }
HEBB_INLINE v16 elu_slope16(v16 y, v16 alpha) { return pick(y > 0.0f, all(1.0f), y + alpha); }
HEBB_INLINE v16 leaky_slope16(v16 x, v16 slope) { return pick(x > 0.0f, all(1.0f), slope); }

#endif
