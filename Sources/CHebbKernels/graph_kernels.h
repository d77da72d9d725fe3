// Sparse times dense, sixteen features at a time, and the gates of recurrent cells on graphs.
#include "math_kernels.h"

#include "hebb_graph.h"

#define READ(X) load_most((X) + u, units - u)
#define WRITE(Y, ...) store_most((Y) + u, __VA_ARGS__, units - u)
#define EACH_UNIT(...) for (ptrdiff_t u = 0; u < units; u += 16) { __VA_ARGS__ }

/// Columns `at` to `at + 16 · blocks` of one row: as many chains at once as hide the wait for a sum.
#define SPREAD_BLOCKS(BLOCKS)                                                             \
  HEBB_INLINE void spread_##BLOCKS(const struct hebb_spread *s, ptrdiff_t i, ptrdiff_t at) { \
    v16 sums[BLOCKS];                                                                     \
    for (int b = 0; b < BLOCKS; b++) sums[b] = all(0);                                    \
    for (ptrdiff_t e = s->starts[i]; e < s->starts[i + 1]; e++) {                         \
      const v16 factor = all(s->values[e]);                                               \
      const float *x = s->x + s->columns[e] * s->x_row + at;                              \
      for (int b = 0; b < BLOCKS; b++) sums[b] = fma16(factor, load(x + 16 * b), sums[b]); \
    }                                                                                     \
    float *y = s->y + i * s->y_row + at;                                                  \
    if (s->before) {                                                                      \
      const float *z = s->before + i * s->before_row + at;                                \
      for (int b = 0; b < BLOCKS; b++) sums[b] = fma16(all(2), sums[b], -load(z + 16 * b)); \
    }                                                                                     \
    for (int b = 0; b < BLOCKS; b++) store(y + 16 * b, sums[b]);                          \
  }

SPREAD_BLOCKS(4)
SPREAD_BLOCKS(1)

HEBB_INLINE void spread_part(const struct hebb_spread *s, ptrdiff_t i, ptrdiff_t at, long count) {
  v16 sum = all(0);
  for (ptrdiff_t e = s->starts[i]; e < s->starts[i + 1]; e++)
    sum = fma16(all(s->values[e]), load_part(s->x + s->columns[e] * s->x_row + at, count, 0), sum);
  if (s->before) sum = fma16(all(2), sum, -load_part(s->before + i * s->before_row + at, count, 0));
  store_part(s->y + i * s->y_row + at, sum, count);
}

static void run_spread(const struct hebb_spread *s) {
  for (ptrdiff_t i = s->first; i < s->last; i++) {
    ptrdiff_t at = 0;
    for (; at + 64 <= s->width; at += 64) spread_4(s, i, at);
    for (; at + 16 <= s->width; at += 16) spread_1(s, i, at);
    if (at < s->width) spread_part(s, i, at, s->width - at);
  }
}

static void run_gates(const struct hebb_graph_cell *c) {
  const ptrdiff_t units = c->units;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    float *gates = c->gates + row * c->gates_row, *reset = c->reset + row * c->reset_row;
    const float *hidden = c->hidden ? c->hidden + row * c->hidden_row : 0;
    EACH_UNIT(
      v16 r = sigmoid16(READ(gates));
      WRITE(gates, r);
      WRITE(gates + units, sigmoid16(READ(gates + units)));
      WRITE(reset, hidden ? r * READ(hidden) : all(0));
    )
  }
}

static void run_update(const struct hebb_graph_cell *c) {
  const ptrdiff_t units = c->units;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    float *gates = c->gates + row * c->gates_row, *output = c->output + row * c->output_row;
    const float *hidden = c->hidden ? c->hidden + row * c->hidden_row : 0;
    EACH_UNIT(
      v16 z = READ(gates + units), n = tanh16(READ(gates + 2 * units));
      v16 h = hidden ? READ(hidden) : all(0);
      WRITE(gates + 2 * units, n);
      WRITE(output, fma16(z, h - n, n));
    )
  }
}

HEBB_INLINE v16 sigmoid_slope(v16 y) { return fma16(-y, y, y); }

static void run_update_gradient(const struct hebb_graph_cell_gradient *c) {
  const ptrdiff_t units = c->units;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    const float *gates = c->gates + row * c->gates_row;
    const float *hidden = c->hidden ? c->hidden + row * c->hidden_row : 0;
    const float *upstream = c->upstream ? c->upstream + row * c->upstream_row : 0;
    float *error = c->error + row * c->error_row;
    float *d_gates = c->gate_deltas + row * c->gate_deltas_row;
    float *d_candidate = c->candidate_deltas + row * c->candidate_deltas_row;
    EACH_UNIT(
      v16 z = READ(gates + units), n = READ(gates + 2 * units);
      v16 h = hidden ? READ(hidden) : all(0);
      v16 dh = upstream ? READ(error) + READ(upstream) : READ(error);
      v16 d_z = dh * (h - n) * sigmoid_slope(z);
      v16 d_n = fma16(-dh, z, dh) * fma16(-n, n, all(1.0f));
      WRITE(error, dh * z);
      WRITE(d_gates + units, d_z);
      WRITE(d_candidate, d_n);
      WRITE(c->bias + units, READ(c->bias + units) + d_z);
      WRITE(c->bias + 2 * units, READ(c->bias + 2 * units) + d_n);
    )
  }
}

static void run_gates_gradient(const struct hebb_graph_cell_gradient *c) {
  const ptrdiff_t units = c->units;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    const float *gates = c->gates + row * c->gates_row;
    const float *hidden = c->hidden ? c->hidden + row * c->hidden_row : 0;
    float *error = c->error + row * c->error_row, *reset = c->reset + row * c->reset_row;
    float *d_gates = c->gate_deltas + row * c->gate_deltas_row;
    EACH_UNIT(
      v16 r = READ(gates);
      v16 h = hidden ? READ(hidden) : all(0);
      v16 d = hidden ? READ(reset) : all(0);
      v16 d_r = d * h * sigmoid_slope(r);
      WRITE(error, fma16(d, r, READ(error)));
      WRITE(reset, r * h);
      WRITE(d_gates, d_r);
      WRITE(c->bias, READ(c->bias) + d_r);
    )
  }
}

const struct hebb_graph HEBB_NAMED(hebb_graph) = {
    .spread = run_spread,
    .gates = run_gates,
    .update = run_update,
    .update_gradient = run_update_gradient,
    .gates_gradient = run_gates_gradient,
};
