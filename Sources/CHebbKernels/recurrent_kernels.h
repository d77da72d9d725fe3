// The cells of recurrent layers: sixteen units at a time, row after row of the batch.
#include "math_kernels.h"

#include "hebb_recurrent.h"

// Reads and writes of the sixteen units from `u` on, as far as there are any.
#define READ(X) load_most((X) + u, units - u)
#define WRITE(Y, ...) store_most((Y) + u, __VA_ARGS__, units - u)
#define EACH_UNIT(...) for (ptrdiff_t u = 0; u < units; u += 16) { __VA_ARGS__ }

HEBB_INLINE int ends(const int32_t *lengths, ptrdiff_t step, ptrdiff_t row) { return lengths && step >= lengths[row]; }

/// A row that has ended: its state stays, its output is zero.
static void rest(const struct hebb_cell *c, ptrdiff_t row) {
  if (c->output) memset(c->output + row * c->output_row, 0, (size_t)c->units * sizeof(float));
  if (c->memories)
    memcpy(c->memories + row * c->memories_row, c->memory + row * c->memory_row, (size_t)c->units * sizeof(float));
}

#define SIMPLE(NAME, ACTIVATION)                                                       \
  static void run_##NAME(const struct hebb_cell *c) {                                  \
    const ptrdiff_t units = c->units;                                                  \
    for (ptrdiff_t row = 0; row < c->rows; row++) {                                    \
      if (ends(c->lengths, c->step, row)) {                                            \
        rest(c, row);                                                                  \
        continue;                                                                      \
      }                                                                                \
      const float *gates = c->gates + row * c->gates_row;                              \
      float *hidden = c->hidden + row * c->hidden_row;                                 \
      float *output = c->output + row * c->output_row;                                 \
      EACH_UNIT(v16 y = ACTIVATION(READ(gates)); WRITE(hidden, y); WRITE(output, y);)  \
    }                                                                                  \
  }

SIMPLE(tanh, tanh16)
SIMPLE(relu, relu16)

static void run_lstm(const struct hebb_cell *c) {
  const ptrdiff_t units = c->units;
  const float *peep = c->peephole;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    if (ends(c->lengths, c->step, row)) {
      rest(c, row);
      continue;
    }
    float *gates = c->gates + row * c->gates_row, *hidden = c->hidden + row * c->hidden_row;
    float *memory = c->memory + row * c->memory_row;
    float *memories = c->memories ? c->memories + row * c->memories_row : 0;
    float *output = c->output ? c->output + row * c->output_row : 0;
    EACH_UNIT(
      v16 m = READ(memory), i = READ(gates), f = READ(gates + units), o = READ(gates + 3 * units);
      if (peep) {
        i = fma16(READ(peep), m, i);
        f = fma16(READ(peep + units), m, f);
      }
      i = sigmoid16(i);
      f = sigmoid16(f);
      v16 g = tanh16(READ(gates + 2 * units));
      m = fma16(f, m, i * g);
      if (peep) o = fma16(READ(peep + 2 * units), m, o);
      o = sigmoid16(o);
      v16 h = o * tanh16(m);
      WRITE(gates, i);
      WRITE(gates + units, f);
      WRITE(gates + 2 * units, g);
      WRITE(gates + 3 * units, o);
      WRITE(memory, m);
      if (memories) WRITE(memories, m);
      WRITE(hidden, h);
      if (output) WRITE(output, h);
    )
  }
}

static void run_gru(const struct hebb_cell *c) {
  const ptrdiff_t units = c->units;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    if (ends(c->lengths, c->step, row)) {
      rest(c, row);
      continue;
    }
    float *gates = c->gates + row * c->gates_row, *hidden = c->hidden + row * c->hidden_row;
    float *candidate = c->candidate + row * c->candidate_row, *output = c->output + row * c->output_row;
    EACH_UNIT(
      v16 r = sigmoid16(READ(gates)), z = sigmoid16(READ(gates + units));
      v16 q = READ(candidate) + READ(c->candidate_bias);
      v16 n = tanh16(fma16(r, q, READ(gates + 2 * units)));
      v16 h = fma16(z, READ(hidden) - n, n);
      WRITE(gates, r);
      WRITE(gates + units, z);
      WRITE(gates + 2 * units, n);
      WRITE(candidate, q);
      WRITE(hidden, h);
      WRITE(output, h);
    )
  }
}

/// A row that has ended: nothing is learnt from it, and the gradients of its state pass by.
static void rest_gradient(const struct hebb_cell_gradient *c, ptrdiff_t row, ptrdiff_t width) {
  const size_t bytes = (size_t)width * sizeof(float);
  memset(c->deltas + row * c->deltas_row, 0, bytes);
  memset(c->state_deltas + row * c->state_deltas_row, 0, bytes);
  if (c->kept) memset(c->kept + row * c->kept_row, 0, bytes);
}

// The gradient of the state after the step, from later steps and from the step's output.
#define GRADIENT_OF_OUTPUT (upstream ? READ(hidden) + READ(upstream) : READ(hidden))

// A row on the way back: passed over where it has ended, else the pointers that all cells need.
#define GRADIENT_ROW(GATES)                                                                   \
  if (ends(c->lengths, c->step, row)) {                                                       \
    rest_gradient(c, row, (GATES) * units);                                                   \
    continue;                                                                                 \
  }                                                                                           \
  const float *upstream = c->upstream ? c->upstream + row * c->upstream_row : 0;              \
  float *hidden = c->hidden + row * c->hidden_row, *deltas = c->deltas + row * c->deltas_row; \
  float *state_deltas = c->state_deltas + row * c->state_deltas_row;

#define SIMPLE_GRADIENT(NAME, GRADIENT)                                                        \
  static void run_##NAME##_gradient(const struct hebb_cell_gradient *c) {                      \
    const ptrdiff_t units = c->units;                                                          \
    for (ptrdiff_t row = 0; row < c->rows; row++) {                                            \
      GRADIENT_ROW(1)                                                                          \
      const float *output = c->output + row * c->output_row;                                   \
      EACH_UNIT(                                                                               \
        v16 y = READ(output);                                                                  \
        v16 dh = GRADIENT_OF_OUTPUT;                                                           \
        v16 delta = GRADIENT;                                                                  \
        WRITE(deltas, delta);                                                                  \
        WRITE(state_deltas, delta);                                                            \
        WRITE(hidden, all(0));                                                                 \
      )                                                                                        \
    }                                                                                          \
  }

SIMPLE_GRADIENT(tanh, dh * fma16(-y, y, all(1.0f)))
SIMPLE_GRADIENT(relu, pick(y > 0.0f, dh, all(0.0f)))

HEBB_INLINE v16 sigmoid_slope(v16 y) { return fma16(-y, y, y); }

static void run_lstm_gradient(const struct hebb_cell_gradient *c) {
  const ptrdiff_t units = c->units;
  const float *peep = c->peephole;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    GRADIENT_ROW(4)
    const float *gates = c->gates + row * c->gates_row, *memories = c->memories + row * c->memories_row;
    const float *before = c->memories_before ? c->memories_before + row * c->memories_before_row : 0;
    float *memory = c->memory + row * c->memory_row;
    EACH_UNIT(
      v16 i = READ(gates), f = READ(gates + units), g = READ(gates + 2 * units), o = READ(gates + 3 * units);
      v16 t = tanh16(READ(memories));
      v16 dh = GRADIENT_OF_OUTPUT;
      v16 d_o = dh * t * sigmoid_slope(o);
      v16 dm = fma16(dh * o, fma16(-t, t, all(1.0f)), READ(memory));
      if (peep) dm = fma16(READ(peep + 2 * units), d_o, dm);
      v16 d_i = dm * g * sigmoid_slope(i);
      v16 d_f = before ? dm * READ(before) * sigmoid_slope(f) : all(0);
      v16 d_g = dm * i * fma16(-g, g, all(1.0f));
      dm = dm * f;
      if (peep) dm = fma16(READ(peep), d_i, fma16(READ(peep + units), d_f, dm));
      WRITE(memory, dm);
      WRITE(hidden, all(0));
      WRITE(deltas, d_i);
      WRITE(deltas + units, d_f);
      WRITE(deltas + 2 * units, d_g);
      WRITE(deltas + 3 * units, d_o);
      WRITE(state_deltas, d_i);
      WRITE(state_deltas + units, d_f);
      WRITE(state_deltas + 2 * units, d_g);
      WRITE(state_deltas + 3 * units, d_o);
    )
  }
}

static void run_gru_gradient(const struct hebb_cell_gradient *c) {
  const ptrdiff_t units = c->units;
  for (ptrdiff_t row = 0; row < c->rows; row++) {
    GRADIENT_ROW(3)
    const float *gates = c->gates + row * c->gates_row, *candidate = c->candidate + row * c->candidate_row;
    const float *before = c->hidden_before ? c->hidden_before + row * c->hidden_before_row : 0;
    float *kept = c->kept + row * c->kept_row;
    EACH_UNIT(
      v16 r = READ(gates), z = READ(gates + units), n = READ(gates + 2 * units), q = READ(candidate);
      v16 h = before ? READ(before) : all(0);
      v16 dh = GRADIENT_OF_OUTPUT;
      v16 d_z = dh * (h - n) * sigmoid_slope(z);
      v16 d_n = fma16(-dh, z, dh) * fma16(-n, n, all(1.0f));
      v16 d_r = d_n * q * sigmoid_slope(r);
      v16 d_q = d_n * r;
      WRITE(hidden, dh * z);
      WRITE(deltas, d_r);
      WRITE(deltas + units, d_z);
      WRITE(deltas + 2 * units, d_n);
      WRITE(state_deltas, d_r);
      WRITE(state_deltas + units, d_z);
      WRITE(state_deltas + 2 * units, d_q);
      WRITE(kept, d_r);
      WRITE(kept + units, d_z);
      WRITE(kept + 2 * units, d_q);
    )
  }
}

const struct hebb_recurrent HEBB_NAMED(hebb_recurrent) = {
    .tanh = run_tanh,
    .relu = run_relu,
    .lstm = run_lstm,
    .gru = run_gru,
    .tanh_gradient = run_tanh_gradient,
    .relu_gradient = run_relu_gradient,
    .lstm_gradient = run_lstm_gradient,
    .gru_gradient = run_gru_gradient,
};
