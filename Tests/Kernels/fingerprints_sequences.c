// The fingerprints of recurrent cells, of sums over paths through time, and of what goes along the edges of graphs.
#include "fingerprints.h"

enum { ROWS = 3, WIDEST = 35 };
static const int32_t lengths[ROWS] = {2, 0, 1};

static void tell_recurrent(int isa) {
  const struct hebb_recurrent *kernels = hebb_recurrent_table(isa);
  void (*const forward[])(const struct hebb_cell *) = {kernels->tanh, kernels->relu, kernels->lstm, kernels->gru};
  void (*const backward[])(const struct hebb_cell_gradient *) = {kernels->tanh_gradient, kernels->relu_gradient,
                                                                 kernels->lstm_gradient, kernels->gru_gradient};
  static const int units[] = {1, 16, 20, WIDEST};
  enum { SIZE = 4 * ROWS * WIDEST };
  static float gates[SIZE], candidate[SIZE], hidden[SIZE], memory[SIZE], memories[SIZE], output[SIZE], products[SIZE],
      kept[SIZE];
  float *const arrays[] = {gates, candidate, hidden, memory, memories, output, products, kept};
  enum { ARRAYS = sizeof arrays / sizeof *arrays };
  for (int cell = 0; cell < 4; cell++) {
    for (int i = 0; i < 4; i++)
      for (int ended = 0; ended < 2; ended++) {
        const long n = units[i];
        for (int a = 0; a < ARRAYS; a++) memcpy(arrays[a], tame + 500 * a, sizeof gates);
        const float *peephole = ended && cell == 2 ? tame + 9000 : NULL;
        const struct hebb_cell step = {
            .rows = ROWS, .units = n, .step = 1, .lengths = ended ? lengths : NULL, .gates = gates, .gates_row = 4 * n,
            .candidate = candidate, .candidate_row = n, .candidate_bias = tame + 8000, .peephole = peephole,
            .hidden = hidden, .hidden_row = n, .memory = memory, .memory_row = n,
            .memories = memories, .memories_row = n, .output = output, .output_row = n};
        forward[cell](&step);
        for (int a = 0; a < ARRAYS; a++) take(arrays[a], SIZE);
        const struct hebb_cell_gradient back = {
            .rows = ROWS, .units = n, .step = 1, .lengths = ended ? lengths : NULL, .gates = gates, .gates_row = 4 * n,
            .candidate = candidate, .candidate_row = n, .output = output, .output_row = n,
            .memories = memories, .memories_row = n, .hidden_before = ended ? NULL : tame + 100,
            .hidden_before_row = n, .memories_before = ended ? NULL : tame + 300, .memories_before_row = n,
            .peephole = peephole, .upstream = ended ? NULL : tame + 700, .upstream_row = n, .hidden = hidden,
            .hidden_row = n, .memory = memory, .memory_row = n, .deltas = gates, .deltas_row = 4 * n,
            .state_deltas = products, .state_deltas_row = 4 * n, .kept = kept, .kept_row = 4 * n};
        backward[cell](&back);
        for (int a = 0; a < ARRAYS; a++) take(arrays[a], SIZE);
      }
    tell("recurrent", "cell", cell);
  }
}

enum { STEPS = 9, CLASSES = 19, PITCH = 64 };
static float work[(2 * STEPS + 3) * PITCH];
static double offsets[STEPS];

static void tell_path(int isa) {
  const struct hebb_path *kernels = hebb_path_table(isa);
  for (int states = 1; states <= 17; states += 4) {
    int32_t labels[17];
    float skips[PITCH];
    for (int s = 0; s < PITCH; s++) {
      if (s < states) labels[s] = s % 2 ? 1 + s * 5 % 18 : 0;
      skips[s] = s < states && s % 2 && s > 2 ? 0 : HEBB_LOG_ZERO;
    }
    const struct hebb_ctc ctc = {.steps = STEPS, .classes = CLASSES, .states = states, .labels = labels,
                                 .skips = skips, .work = work, .offsets = offsets};
    const float loss = (float)kernels->ctc(&ctc, tame + 77, fresh());
    take(&loss, 1);
    take(out, STEPS * CLASSES);
  }
  tell("path", "ctc", 0);
  for (int tags = 1; tags <= 17; tags += 8) {
    static float rows[17 * PITCH], turned[17 * PITCH];
    const long pitch = hebb_path_pitch(tags);
    for (int i = 0; i < tags; i++)
      for (int j = 0; j < pitch; j++) {
        rows[i * pitch + j] = j < tags ? tame[i * 17 + j] : HEBB_LOG_ZERO;
        turned[i * pitch + j] = j < tags ? tame[j * 17 + i] : HEBB_LOG_ZERO;
      }
    const struct hebb_crf crf = {.steps = STEPS, .tags = tags, .transitions = rows, .turned = turned,
                                 .start = tame + 400, .end = tame + 500, .work = work, .offsets = offsets};
    float *marginals = fresh();
    const float total = (float)kernels->crf(&crf, tame + 900, marginals, marginals + 1000);
    take(&total, 1);
    take(out, 1000 + tags * pitch);
  }
  tell("path", "crf", 0);
}

/// A graph of seven nodes, of which one has no edges.
static void tell_graph(int isa) {
  const struct hebb_graph *kernels = hebb_graph_table(isa);
  enum { NODES = 7, EDGES = 12 };
  static const int32_t starts[NODES + 1] = {0, 3, 3, 4, 6, 9, 11, EDGES};
  static const int32_t columns[EDGES] = {0, 2, 6, 5, 1, 4, 0, 3, 6, 2, 5, 4};
  static const int widths[] = {1, 2, 15, 16, 17, 66, 130};
  for (int i = 0; i < 7; i++)
    for (int twice = 0; twice < 2; twice++) {
      const long width = widths[i];
      const struct hebb_spread spread = {.starts = starts, .columns = columns, .values = tame + 40, .first = 0,
                                         .last = NODES, .width = width, .x = tame + 100, .x_row = width + 3,
                                         .before = twice ? tame + 2000 : NULL, .before_row = width, .y = fresh(),
                                         .y_row = width + 1};
      kernels->spread(&spread);
      take(out, NODES * (width + 1) + 16);
    }
  tell("graph", "spread", 0);
  static const int units[] = {1, 16, 20, WIDEST};
  enum { SIZE = 4 * NODES * WIDEST };
  static float gates[SIZE], reset[SIZE], output[SIZE], error[SIZE], deltas[SIZE], candidates[SIZE], bias[SIZE];
  float *const arrays[] = {gates, reset, output, error, deltas, candidates, bias};
  enum { ARRAYS = sizeof arrays / sizeof *arrays };
  for (int i = 0; i < 4; i++)
    for (int first = 0; first < 2; first++) {
      const long n = units[i];
      const float *hidden = first ? NULL : tame + 7000;
      for (int a = 0; a < ARRAYS; a++) memcpy(arrays[a], tame + 500 * a, sizeof gates);
      const struct hebb_graph_cell cell = {.rows = NODES, .units = n, .gates = gates, .gates_row = 3 * n,
                                           .hidden = hidden, .hidden_row = n, .reset = reset, .reset_row = n + 2,
                                           .output = output, .output_row = n};
      kernels->gates(&cell);
      kernels->update(&cell);
      const struct hebb_graph_cell_gradient back = {
          .rows = NODES, .units = n, .gates = gates, .gates_row = 3 * n, .hidden = hidden, .hidden_row = n,
          .upstream = first ? tame + 9000 : NULL, .upstream_row = n, .error = error, .error_row = n, .reset = reset,
          .reset_row = n + 2, .gate_deltas = deltas, .gate_deltas_row = 2 * n + 1, .candidate_deltas = candidates,
          .candidate_deltas_row = n, .bias = bias};
      kernels->update_gradient(&back);
      kernels->gates_gradient(&back);
      for (int a = 0; a < ARRAYS; a++) take(arrays[a], SIZE);
    }
  tell("graph", "cell", 0);
}

void tell_sequences(int isa) {
  tell_graph(isa);
  tell_recurrent(isa);
  tell_path(isa);
}
