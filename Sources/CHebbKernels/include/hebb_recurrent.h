// What a recurrent cell does at one step of time, once its sums are there: gates, memory, output, and their gradients.
#ifndef HEBB_RECURRENT_H
#define HEBB_RECURRENT_H

#include <stddef.h>
#include <stdint.h>

/// One step of some rows of a batch. A row that has ended (`step` ≥ its length) keeps its state and gives zeros.
/// Every pointer but `lengths` has a distance from row to row beside it.
struct hebb_cell {
  ptrdiff_t rows, units, step;
  const int32_t *lengths;  // null: no row ends
  /// x U + b + h W, gate behind gate; afterwards what the gates let through.
  float *gates;
  ptrdiff_t gates_row;
  /// GRU: h W of the candidate; afterwards with its bias.
  float *candidate;
  ptrdiff_t candidate_row;
  const float *candidate_bias;
  /// LSTM: the weights from memory to the gates i, f and o, one behind the other.
  const float *peephole;
  /// The state before the step, and after it.
  float *hidden;
  ptrdiff_t hidden_row;
  float *memory;
  ptrdiff_t memory_row;
  /// A copy of the memory, for the way back.
  float *memories;
  ptrdiff_t memories_row;
  float *output;
  ptrdiff_t output_row;
};

/// The way back through one step.
struct hebb_cell_gradient {
  ptrdiff_t rows, units, step;
  const int32_t *lengths;
  /// What the step left: gates, candidate, output, memory; the state and the memory before it (null: zeros).
  const float *gates, *candidate, *output, *memories;
  ptrdiff_t gates_row, candidate_row, output_row, memories_row;
  const float *hidden_before, *memories_before;
  ptrdiff_t hidden_before_row, memories_before_row;
  const float *peephole;
  /// The gradient of the step's output.
  const float *upstream;
  ptrdiff_t upstream_row;
  /// The gradients of the state: of that after the step, then the part of that before it that does not go through W.
  float *hidden;
  ptrdiff_t hidden_row;
  float *memory;
  ptrdiff_t memory_row;
  /// The gradients of x U + b.
  float *deltas;
  ptrdiff_t deltas_row;
  /// The gradients of h W, for the next product and, where they differ from `deltas`, to be kept.
  float *state_deltas;
  ptrdiff_t state_deltas_row;
  float *kept;
  ptrdiff_t kept_row;
};

struct hebb_recurrent {
  void (*tanh)(const struct hebb_cell *);
  void (*relu)(const struct hebb_cell *);
  void (*lstm)(const struct hebb_cell *);
  void (*gru)(const struct hebb_cell *);
  void (*tanh_gradient)(const struct hebb_cell_gradient *);
  void (*relu_gradient)(const struct hebb_cell_gradient *);
  void (*lstm_gradient)(const struct hebb_cell_gradient *);
  void (*gru_gradient)(const struct hebb_cell_gradient *);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_recurrent *hebb_recurrent_table(int isa);

#endif
