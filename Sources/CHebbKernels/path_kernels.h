// Forward-backward in logarithms. Every step is brought to a maximum of 0, and what that takes is summed in double, so
// that numbers do not grow with time, and long sequences keep their digits.
#include "math_kernels.h"

#include "hebb_path.h"

HEBB_INLINE float log1(float x) { return log16(all(x))[0]; }
HEBB_INLINE v16 no_less_than_zero_chance(v16 x) { return pick(x < HEBB_LOG_ZERO, all(HEBB_LOG_ZERO), x); }

HEBB_INLINE v16 log_sum3(v16 a, v16 b, v16 c) {
  v16 top = larger(larger(a, b), c);
  return top + log16(exp16(a - top) + exp16(b - top) + exp16(c - top));
}

/// Subtracts the largest of `width` floats (whole vectors) from all of them, and gives it.
HEBB_INLINE float settle(float *x, ptrdiff_t width) {
  v16 top = all(HEBB_LOG_ZERO);
  for (ptrdiff_t s = 0; s < width; s += 16) top = larger(top, load(x + s));
  const float largest = largest_lane(top);
  for (ptrdiff_t s = 0; s < width; s += 16) store(x + s, no_less_than_zero_chance(load(x + s) - largest));
  return largest;
}

/// The logarithm of Σ exp x over a row, with exp x / Σ in `shares` where wanted.
HEBB_INLINE float normalizer(const float *x, ptrdiff_t classes, float *shares) {
  v16 top = all(-__builtin_inff()), sum = all(0);
  for (ptrdiff_t c = 0; c < classes; c += 16)
    top = larger(top, classes - c < 16 ? load_part(x + c, classes - c, -__builtin_inff()) : load(x + c));
  const float largest = largest_lane(top);
  for (ptrdiff_t c = 0; c < classes; c += 16) {
    v16 e = only(first_lanes(classes - c), exp16(load_most(x + c, classes - c) - largest));
    sum = sum + e;
    if (shares) store_most(shares + c, e, classes - c);
  }
  const float total = sum_lanes(sum);
  for (ptrdiff_t c = 0; shares && c < classes; c += 16)
    store_most(shares + c, load_most(shares + c, classes - c) / total, classes - c);
  return largest + log1(total);
}

static double run_ctc(const struct hebb_ctc *c, const float *x, float *gradient) {
  const ptrdiff_t steps = c->steps, states = c->states, pitch = hebb_path_pitch(states), width = pitch - 32;
  float *emission = c->work + 16, *alpha = emission + steps * pitch, *beta = alpha + steps * pitch;
  for (ptrdiff_t i = 0; i < (2 * steps + 2) * pitch; i++) c->work[i] = HEBB_LOG_ZERO;
  for (ptrdiff_t t = 0; t < steps; t++) {
    const float *row = x + t * c->classes;
    const float total = normalizer(row, c->classes, gradient ? gradient + t * c->classes : 0);
    float *e = emission + t * pitch;
    for (ptrdiff_t s = 0; s < states; s++) e[s] = row[c->labels[s]] - total;
    for (ptrdiff_t s = 0; s < width; s += 16) store(e + s, no_less_than_zero_chance(load(e + s)));
  }

  // alpha[s]: all ways to have come to state s.
  double offset = 0;
  for (ptrdiff_t t = 0; t < steps; t++) {
    float *a = alpha + t * pitch;
    const float *before = a - pitch, *e = emission + t * pitch;
    if (t == 0)
      for (ptrdiff_t s = 0; s < states && s < 2; s++) a[s] = e[s];
    for (ptrdiff_t s = 0; t > 0 && s < width; s += 16) {
      v16 ways = log_sum3(load(before + s), load(before + s - 1), load(before + s - 2) + load(c->skips + s));
      store(a + s, no_less_than_zero_chance(ways + load(e + s)));
    }
    offset += settle(a, width);
    c->offsets[t] = offset;
  }
  const float *last = alpha + (steps - 1) * pitch + states - 1;
  const double all_ways = offset + log_sum3(all(last[0]), all(states > 1 ? last[-1] : HEBB_LOG_ZERO), all(HEBB_LOG_ZERO))[0];
  if (!gradient) return -all_ways;

  // beta[s]: all ways to go on from state s. Two rows take turns.
  offset = 0;
  for (ptrdiff_t s = states - 1; s >= 0 && s >= states - 2; s--) beta[s] = 0;
  for (ptrdiff_t t = steps - 1; t >= 0; t--) {
    float *next = beta + pitch, *row = gradient + t * c->classes;
    const float *a = alpha + t * pitch, *e = emission + t * pitch;
    const float rest = (float)(c->offsets[t] + offset - all_ways);
    for (ptrdiff_t s = 0; s < width; s += 16) store(next + s, exp16(load(a + s) + load(beta + s) + rest));
    for (ptrdiff_t s = 0; s < states; s++) row[c->labels[s]] -= next[s];
    if (t == 0) break;
    for (ptrdiff_t s = 0; s < width; s += 16) store(next + s, no_less_than_zero_chance(load(beta + s) + load(e + s)));
    for (ptrdiff_t s = 0; s < width; s += 16)
      store(beta + s, log_sum3(load(next + s), load(next + s + 1), load(next + s + 2) + load(c->skips + s + 2)));
    offset += settle(beta, width);
  }
  return -all_ways;
}

/// y[j] = log Σᵢ exp(x[i] + weights[i, j]), for all tags j.
HEBB_INLINE void log_product(const float *x, const float *weights, ptrdiff_t tags, ptrdiff_t pitch, float *y) {
  for (ptrdiff_t j = 0; j < pitch - 32; j += 16) {
    v16 top = all(HEBB_LOG_ZERO), sum = all(0);
    for (ptrdiff_t i = 0; i < tags; i++) top = larger(top, load(weights + i * pitch + j) + x[i]);
    for (ptrdiff_t i = 0; i < tags; i++) sum = sum + exp16(load(weights + i * pitch + j) + x[i] - top);
    store(y + j, no_less_than_zero_chance(top + log16(sum)));
  }
}

static double run_crf(const struct hebb_crf *c, const float *x, float *marginals, float *pairs) {
  const ptrdiff_t steps = c->steps, tags = c->tags, pitch = hebb_path_pitch(tags), width = pitch - 32;
  float *alpha = c->work, *beta = alpha + steps * pitch, *next = beta + pitch, *emission = next + pitch;
  for (ptrdiff_t i = 0; i < (steps + 3) * pitch; i++) c->work[i] = HEBB_LOG_ZERO;
  double offset = 0;
  for (ptrdiff_t t = 0; t < steps; t++) {
    float *a = alpha + t * pitch;
    if (t == 0) memcpy(a, c->start, (size_t)tags * sizeof(float));
    else log_product(a - pitch, c->transitions, tags, pitch, a);
    for (ptrdiff_t j = 0; j < tags; j++) a[j] += x[t * tags + j];
    offset += settle(a, width);
    c->offsets[t] = offset;
  }
  const float *last = alpha + (steps - 1) * pitch;
  for (ptrdiff_t j = 0; j < tags; j++) emission[j] = last[j] + c->end[j];
  const float top = settle(emission, width);
  v16 sum = all(0);
  for (ptrdiff_t j = 0; j < width; j += 16) sum = sum + exp16(load(emission + j));
  const double all_paths = offset + top + log1(sum_lanes(sum));
  if (!marginals) return all_paths;

  offset = 0;
  memcpy(beta, c->end, (size_t)tags * sizeof(float));
  for (ptrdiff_t t = steps - 1; t >= 0; t--) {
    const float *a = alpha + t * pitch;
    const float rest = (float)(c->offsets[t] + offset - all_paths);
    for (ptrdiff_t j = 0; j < width; j += 16) store(next + j, exp16(load(a + j) + load(beta + j) + rest));
    memcpy(marginals + t * tags, next, (size_t)tags * sizeof(float));
    if (t == 0) break;
    for (ptrdiff_t j = 0; j < tags; j++) emission[j] = beta[j] + x[t * tags + j];
    offset += settle(emission, width);
    // The chance of each pair of tags at the steps before this one and at it.
    const float between = (float)(c->offsets[t - 1] + offset - all_paths);
    for (ptrdiff_t i = 0; i < tags; i++)
      for (ptrdiff_t j = 0; j < width; j += 16) {
        v16 score = load(c->transitions + i * pitch + j) + load(emission + j) + (a[i - pitch] + between);
        store(pairs + i * pitch + j, load(pairs + i * pitch + j) + exp16(score));
      }
    log_product(emission, c->turned, tags, pitch, beta);
    offset += settle(beta, width);
  }
  return all_paths;
}

const struct hebb_path HEBB_NAMED(hebb_path) = {.ctc = run_ctc, .crf = run_crf};
