// Losses, normalisation and optimisers.
#include "fingerprints.h"

static const int classes[] = {2, 10, 16, 37, 300};

static void tell_loss(int isa) {
  const int labels[] = {1, 0, -1, 1};
  for (int i = 0; i < 5; i++)
    for (int kind = 0; kind < 3; kind++) {
      struct hebb_cross_entropy f = {.rows = 4, .classes = classes[i], .sharp = 0.9f, .scale = 0.25f};
      if (kind < 2) f.labels = labels;
      else f.probabilities = positive;
      if (kind > 0) f.weights = positive + 2000;
      if (kind == 1) f.base = positive + 3000;
      if (kind == 2) f.base_all = 0.01f;
      for (int numbers = 0; numbers < 2; numbers++) {
        float *y = fresh();
        hebb_loss_table(isa)->cross_entropy(&f, numbers ? wild : tame, y, y + 8, y + 16, y + 24);
        take(out, 24 + 4 * classes[i] + 16);
      }
    }
  tell("loss", "cross-entropy", 0);
}

static void tell_normalization(int isa) {
  const struct hebb_normalization *kernels = hebb_normalization_table(isa);
  const int widths[] = {16, 48, 80};
  for (int rectified = 0; rectified < 2; rectified++) {
    for (int i = 0; i < 3; i++) {
      const long w = widths[i], rows = 300;
      const struct hebb_affine affine = {
          .mean = tame, .scale = tame + 100, .shift = tame + 200, .rectified = rectified};
      float *y = fresh();
      kernels->moments(rows, w + 3, w, tame, y, y + 100);
      kernels->gradient_sums(rows, w + 3, w, tame, tame + 7, &affine, y + 200, y + 300);
      take(out, 400);
      kernels->apply(rows * w - 5, w, tame, &affine, fresh());
      take(out, rows * w);
      kernels->gradient(rows * w - 5, w, tame, tame + 9, &affine, tame + 300, tame + 400, fresh());
      take(out, rows * w);
    }
    tell("normalization", "channels", rectified);
  }
  const int rows[] = {1, 9, 16, 40, 5000};
  for (int i = 0; i < 5; i++) {
    const long w = rows[i];
    const struct hebb_row_norm norm = {.rows = 2, .width = w, .epsilon = 1e-5f, .gain = i % 2 ? tame + 300 : NULL,
                                       .shift = i % 2 ? tame + 50 : NULL};
    float *y = fresh();
    kernels->rows(&norm, tame, y + 16, y, y + 8);
    kernels->rows_gradient(&norm, tame, tame + 20000, y, y + 8, y + 16 + 2 * w, y + 16 + 4 * w, y + 16 + 5 * w);
    take(out, 16 + 6 * w + 16);
  }
  tell("normalization", "rows", 0);
}

static void tell_optimizer(int isa) {
  const struct hebb_optimizer_step step = {.factor = 0.9f, .bound = 1.5f, .l2 = 0.1f, .l1 = 0.01f, .keep = 0.99f,
                                           .rate = 0.1f, .a = 0.9f, .a_rest = 0.1f, .b = 0.99f, .b_rest = 0.01f,
                                           .epsilon = 1e-3f, .c = 0.3f, .d = 0.2f};
  for (int rule = 0; rule < HEBB_OPTIMIZER_RULES; rule++) {
    for (long n = 1; n < 70; n += 17) {
      float *w = fresh(), *s = w + 100;
      for (int i = 0; i < 300; i++) s[i] = positive[i] + 1;
      memcpy(w, tame, (size_t)n * sizeof(float));
      for (int t = 0; t < 3; t++)
        hebb_optimizer_rule_kernel(isa, rule)(n, w, tame + 100 * t + 70, s, s + 100, s + 200, &step);
      take(out, 400);
    }
    tell("optimizer", "rule", rule);
  }
}

static void tell_rules(int isa) {
  const float factors[] = {0.5f, 0, -0.01f};
  for (int metric = 0; metric < HEBB_METRICS; metric++) {
    for (long n = 1; n < 200; n += 21) {
      float *w = fresh(), *apart = w + 1000;
      memcpy(w, wild, 3 * (size_t)n * sizeof(float));
      struct hebb_map_step step = {.w = w, .features = n, .next = tame, .distance = apart};
      hebb_map_metric_kernel(isa, metric)(&step, 0, 3);
      step.x = tame + 300;
      step.factor = factors;
      step.distance = apart + 100;
      hebb_map_metric_kernel(isa, metric)(&step, 0, 3);
      take(out, 1200);
    }
    tell("rules", "metric", metric);
  }
}

void tell_training(int isa) {
  tell_loss(isa);
  tell_normalization(isa);
  tell_optimizer(isa);
  tell_rules(isa);
}
