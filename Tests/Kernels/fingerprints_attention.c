// The fingerprints of attention between its products.
#include "fingerprints.h"

enum { ROWS = 3, PITCH = 64 };

/// Two blocks of keys, one after the other, then the way back through the second.
static void tell_blocks(const struct hebb_attention *kernels, const float *numbers, long keys, long width, int growth,
                        const float *bias) {
  static float scores[ROWS * PITCH], errors[ROWS * PITCH];
  float *y = fresh(), *statistics = y + 1000, *output = y + 2000, *log_sums = y + 3000;
  struct hebb_attention_progress p = {
      .block = {.rows = ROWS, .keys = keys, .seen = growth ? keys - 2 : keys, .growth = growth, .bias = bias,
                .scores = scores, .row = PITCH},
      .first = 1, .largest = statistics, .sums = statistics + ROWS, .output = output, .output_row = width + 1,
      .width = width};
  for (long i = 0; i < ROWS * (width + 1); i++) output[i] = tame[i];
  for (int block = 0; block < 2; block++) {
    memcpy(scores, numbers + 300 * block, sizeof scores);
    kernels->weigh(&p);
    take(scores, ROWS * PITCH);
    p.first = 0;
  }
  kernels->finish(&p, y, width + 2, log_sums);
  memcpy(scores, numbers, sizeof scores);
  memcpy(errors, tame + 700, sizeof errors);
  const struct hebb_attention_gradient g = {
      .block = p.block, .errors = errors, .log_sums = log_sums, .dots = tame + 50};
  kernels->gradient(&g);
  take(scores, ROWS * PITCH);
  take(errors, ROWS * PITCH);
  take(out, 4000);
}

void tell_attention(int isa) {
  const struct hebb_attention *kernels = hebb_attention_table(isa);
  const long counts[] = {0, 1, 15, 16, 33, 64};
  float bias[PITCH] = {0};
  for (int i = 0; i < PITCH; i += 3) bias[i] = -INFINITY;
  for (int i = 0; i < 6; i++)
    for (int way = 0; way < 4; way++) {
      tell_blocks(kernels, tame + 900, counts[i], 5 + 9 * i, way & 1, way & 2 ? bias : 0);
      tell_blocks(kernels, wild, counts[i], 5 + 9 * i, way & 1, way & 2 ? bias : 0);
    }
  tell("attention", "blocks", 0);
  for (long width = 1; width < 40; width += 6) {
    kernels->copy(wild, 41, 5, width, 0.3f, fresh(), 49, 48);
    take(out, 300);
    kernels->dots(tame, 41, tame + 600, 43, 5, width, fresh());
    take(out, 8);
  }
  tell("attention", "rows", 0);
}
