// The update rules, as PyTorch writes them for one tensor. Each reads and changes w and up to three states of sixteen
// weights; the loops around them are made by STEP below.
#include "vector_kernels.h"

#include "hebb_optimizer.h"

typedef struct hebb_optimizer_step step_numbers;

/// g = clip(factor · g) + l2 · w + l1 · sign w
HEBB_INLINE v16 whole_gradient(const step_numbers *p, v16 w, v16 g) {
  v16 bound = all(p->bound);
  g *= p->factor;
  g = pick(g > bound, bound, pick(g < -bound, -bound, g));
  if (p->l2 != 0) g = fma16(all(p->l2), w, g);
  if (p->l1 != 0) {
    v16 l1 = all(p->l1), zero = {0};
    g += pick(w > zero, l1, pick(w < zero, -l1, zero));
  }
  return g;
}

/// s + rest · (x − s): the moving mean.
HEBB_INLINE v16 mean_step(v16 s, float rest, v16 x) { return fma16(all(rest), x - s, s); }

/// keep · s + rest · x²: the moving mean square.
HEBB_INLINE v16 square_step(v16 s, float keep, float rest, v16 x) {
  return fma16(s, all(keep), (x * x) * rest);
}

HEBB_INLINE v16 move(v16 w, float rate, v16 direction) { return fma16(all(-rate), direction, w); }

/// w ← w − rate · g
HEBB_INLINE void sgd(const step_numbers *p, v16 *w, v16 g, v16 *s) { *w = move(*w, p->rate, g); }

/// m ← a · m + g;  w ← w − rate · m
HEBB_INLINE void momentum(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = fma16(all(p->a), s[0], g);
  *w = move(*w, p->rate, s[0]);
}

/// m ← a · m + g;  w ← w − rate · (g + a · m)
HEBB_INLINE void nesterov(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = fma16(all(p->a), s[0], g);
  *w = move(*w, p->rate, fma16(all(p->a), s[0], g));
}

/// s ← s + g²;  w ← w − rate · g / (√s + ε)
HEBB_INLINE void adagrad(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = fma16(g, g, s[0]);
  *w = move(*w, p->rate, g / (root16(s[0]) + p->epsilon));
}

/// s ← a · s + (1 − a) · g²;  w ← w − rate · g / (√s + ε)
HEBB_INLINE void rmsprop(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = square_step(s[0], p->a, p->a_rest, g);
  *w = move(*w, p->rate, g / (root16(s[0]) + p->epsilon));
}

/// s as before;  m ← b · m + g / (√s + ε);  w ← w − rate · m
HEBB_INLINE void rmsprop_momentum(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = square_step(s[0], p->a, p->a_rest, g);
  s[1] = fma16(all(p->b), s[1], g / (root16(s[0]) + p->epsilon));
  *w = move(*w, p->rate, s[1]);
}

/// g / (√(s − u²) + ε) with s as before and u ← u + (1 − a) · (g − u)
HEBB_INLINE v16 centered(const step_numbers *p, v16 g, v16 *s) {
  s[0] = square_step(s[0], p->a, p->a_rest, g);
  s[1] = mean_step(s[1], p->a_rest, g);
  return g / (root16(fma16(-s[1], s[1], s[0])) + p->epsilon);
}

HEBB_INLINE void rmsprop_centered(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  *w = move(*w, p->rate, centered(p, g, s));
}

HEBB_INLINE void rmsprop_centered_momentum(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[2] = fma16(all(p->b), s[2], centered(p, g, s));
  *w = move(*w, p->rate, s[2]);
}

/// s ← a · s + (1 − a) · g²;  d = √(u + ε) / √(s + ε) · g;  u ← a · u + (1 − a) · d²;  w ← w − rate · d
HEBB_INLINE void adadelta(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = square_step(s[0], p->a, p->a_rest, g);
  v16 d = root16(s[1] + p->epsilon) / root16(s[0] + p->epsilon) * g;
  s[1] = square_step(s[1], p->a, p->a_rest, d);
  *w = move(*w, p->rate, d);
}

/// m ← m + (1 − a) · (g − m);  s ← b · s + (1 − b) · g²;  w ← w − rate · m / (c · √s + ε)
HEBB_INLINE void adam(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = mean_step(s[0], p->a_rest, g);
  s[1] = square_step(s[1], p->b, p->b_rest, g);
  *w = move(*w, p->rate, s[0] / fma16(root16(s[1]), all(p->c), all(p->epsilon)));
}

/// m, s as in Adam;  w ← w − (rate · g + d · m) / (c · √s + ε)
HEBB_INLINE void nadam(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  s[0] = mean_step(s[0], p->a_rest, g);
  s[1] = square_step(s[1], p->b, p->b_rest, g);
  *w -= fma16(all(p->rate), g, s[0] * p->d) / fma16(root16(s[1]), all(p->c), all(p->epsilon));
}

/// w ← w − rate · sign(m + (1 − a) · (g − m));  m ← m + (1 − b) · (g − m)
HEBB_INLINE void lion(const step_numbers *p, v16 *w, v16 g, v16 *s) {
  v16 direction = mean_step(s[0], p->a_rest, g), zero = {0}, rate = all(p->rate);
  *w -= pick(direction > zero, rate, pick(direction < zero, -rate, zero));
  s[0] = mean_step(s[0], p->b_rest, g);
}

#define STEP(rule, states)                                                                                      \
  HEBB_INLINE void rule##_lanes(const step_numbers *p, long n, float *w, const float *g, float *const *s) {     \
    v16 lanes = load_most(w, n), state[3];                                                                      \
    for (int k = 0; k < states; k++) state[k] = load_most(s[k], n);                                             \
    v16 gradient = whole_gradient(p, lanes, load_most(g, n));                                                   \
    lanes *= p->keep;                                                                                           \
    rule(p, &lanes, gradient, state);                                                                           \
    store_most(w, lanes, n);                                                                                    \
    for (int k = 0; k < states; k++) store_most(s[k], state[k], n);                                             \
  }                                                                                                             \
  static void run_##rule(long count, float *w, const float *g, float *s0, float *s1, float *s2,                 \
                         const step_numbers *step) {                                                            \
    step_numbers p = *step;                                                                                     \
    long i = 0;                                                                                                 \
    for (; i + 16 <= count; i += 16) {                                                                          \
      float *s[3] = {states > 0 ? s0 + i : s0, states > 1 ? s1 + i : s1, states > 2 ? s2 + i : s2};             \
      rule##_lanes(&p, 16, w + i, g + i, s);                                                                    \
    }                                                                                                           \
    if (i < count) {                                                                                            \
      float *s[3] = {states > 0 ? s0 + i : s0, states > 1 ? s1 + i : s1, states > 2 ? s2 + i : s2};             \
      rule##_lanes(&p, count - i, w + i, g + i, s);                                                             \
    }                                                                                                           \
  }

STEP(sgd, 0)
STEP(momentum, 1)
STEP(nesterov, 1)
STEP(adagrad, 1)
STEP(rmsprop, 1)
STEP(rmsprop_momentum, 2)
STEP(rmsprop_centered, 2)
STEP(rmsprop_centered_momentum, 3)
STEP(adadelta, 2)
STEP(adam, 2)
STEP(nadam, 2)
STEP(lion, 1)

/// w ← w + rate · (g − w): a moving average of weights.
static void run_average(long count, float *w, const float *g, float *s0, float *s1, float *s2,
                        const step_numbers *step) {
  for (long i = 0; i < count; i += 16) {
    v16 old = load_most(w + i, count - i);
    store_most(w + i, mean_step(old, step->rate, load_most(g + i, count - i)), count - i);
  }
}

const struct hebb_optimizer HEBB_NAMED(hebb_optimizer) = {.step = {
    [HEBB_SGD] = run_sgd,
    [HEBB_MOMENTUM] = run_momentum,
    [HEBB_NESTEROV] = run_nesterov,
    [HEBB_ADAGRAD] = run_adagrad,
    [HEBB_RMSPROP] = run_rmsprop,
    [HEBB_RMSPROP_MOMENTUM] = run_rmsprop_momentum,
    [HEBB_RMSPROP_CENTERED] = run_rmsprop_centered,
    [HEBB_RMSPROP_CENTERED_MOMENTUM] = run_rmsprop_centered_momentum,
    [HEBB_ADADELTA] = run_adadelta,
    [HEBB_ADAM] = run_adam,
    [HEBB_NADAM] = run_nadam,
    [HEBB_LION] = run_lion,
    [HEBB_AVERAGE] = run_average,
}};
