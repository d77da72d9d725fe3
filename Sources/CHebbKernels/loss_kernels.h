// Softmax cross-entropy: a row's largest logit, its exponentials, its loss and its gradient while it is in the cache.
#include "math_kernels.h"

#include "hebb_loss.h"

/// The targets of sixteen classes from class c on.
HEBB_INLINE v16 targets(const struct hebb_cross_entropy *f, long row, long c) {
  long room = f->classes - c;
  v16 t = f->base ? load_most(f->base + c, room) : all(f->base_all);
  if (f->probabilities) {
    v16 q = load_most(f->probabilities + row * f->classes + c, room) * f->sharp;
    t += f->weights ? q * load_most(f->weights + c, room) : q;
  }
  return only(first_lanes(room), t);
}

HEBB_INLINE void skip(long classes, float *mass, float *denominator, float *offset, float *dx) {
  *mass = 0;
  *denominator = 1;
  *offset = 0;
  for (long c = 0; dx && c < classes; c++) dx[c] = 0;
}

static void run_cross_entropy(const struct hebb_cross_entropy *f, const float *x, float *mass, float *denominator,
                              float *offset, float *dx) {
  long classes = f->classes;
  int spread = f->probabilities || f->base || f->base_all != 0;  // whether classes besides the label have targets
  for (long row = 0; row < f->rows; row++, x += classes) {
    float *d = dx ? dx + row * classes : NULL;
    int label = f->labels ? f->labels[row] : 0;
    if (label < 0) {
      skip(classes, mass + row, denominator + row, offset + row, d);
      continue;
    }
    v16 top = all(-__builtin_inff());
    for (long c = 0; c < classes; c += 16) {
      long room = classes - c;
      v16 v = room >= 16 ? load(x + c) : load_part(x + c, room, -__builtin_inff());
      top = pick(v > top, v, top);  // NaN is passed by here, and met by the sum
    }
    float largest = largest_lane(top);

    v16 sums = {0}, masses = {0}, offsets = {0};
    for (long c = 0; c < classes; c += 16) {
      v16 v = load_most(x + c, classes - c) - largest;
      v16 e = only(first_lanes(classes - c), exp_negative16(v));
      if (d) store_most(d + c, e, classes - c);
      sums += e;
      if (!spread) continue;
      v16 t = targets(f, row, c);
      masses += t;
      v16 away = pick(t == 0, t, -v);  // a class without target does not count, even at −∞
      offsets = fma16(t, away, offsets);
    }
    float total = sum_lanes(sums), m = spread ? sum_lanes(masses) : 0, o = spread ? sum_lanes(offsets) : 0;
    float sharp = 0;
    if (f->labels) {
      sharp = f->weights ? f->sharp * f->weights[label] : f->sharp;
      m += sharp;
      if (sharp != 0) o += sharp * (largest - x[label]);
    }
    mass[row] = m;
    denominator[row] = total;
    offset[row] = o;
    if (!d) continue;
    float share = m * f->scale / total;
    for (long c = 0; c < classes; c += 16) {
      v16 g = load_most(d + c, classes - c) * share;
      if (spread) g = fma16(targets(f, row, c), all(-f->scale), g);
      store_most(d + c, g, classes - c);
    }
    if (f->labels) d[label] -= sharp * f->scale;
  }
}

const struct hebb_loss HEBB_NAMED(hebb_loss) = {.cross_entropy = run_cross_entropy};
