// Calls every family of kernels on seeded inputs and prints a fingerprint of the bits of each result. Compiled for
// different processors and run with different HEBB_ISA, it must print the same lines: see Scripts/check-neon.
#include "fingerprints.h"

#include <stdlib.h>

float wild[ROOM], tame[2 * ROOM], positive[ROOM], out[ROOM];

static const long lengths[] = {1, 3, 8, 15, 16, 17, 40, 100, 1003};
enum { LENGTHS = sizeof lengths / sizeof *lengths };

static uint64_t state = 20, hash = 14695981039346656037u;

static uint32_t draw(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33);
}

static void prepare(void) {
  const float odd[] = {0,          -0.0f, INFINITY, -INFINITY, NAN,    0x1p-140f, -0x1p-140f,
                       3e38f,      -3e38f, 88.72f,   -103.5f,   -89.0f, 1e6f,      8388609.0f};
  for (int i = 0; i < 2 * ROOM; i++) tame[i] = (float)((int32_t)draw() - (1 << 30)) * 0x1p-29f;
  for (int i = 0; i < ROOM; i++) {
    const int exponent = (int)(draw() % 39) - 30;
    wild[i] = i % 11 == 5 ? odd[draw() % (sizeof odd / sizeof *odd)] : ldexpf(tame[i], exponent);
    positive[i] = (float)draw() * 0x1p-31f;
  }
}

float *fresh(void) {
  for (int i = 0; i < ROOM; i++) out[i] = 0.25f;
  return out;
}

void take(const float *x, long count) {
  for (long i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, 4);
    if (x[i] != x[i]) bits = 0x7fc00000;
    for (int byte = 0; byte < 4; byte++) hash = (hash ^ (bits >> (8 * byte) & 255)) * 1099511628211u;
  }
}

void tell(const char *family, const char *what, int which) {
  printf("%s %s.%d %016llx\n", family, what, which, (unsigned long long)hash);
  hash = 14695981039346656037u;
}

static void tell_elementwise(int isa) {
  const struct hebb_elementwise *kernels = hebb_elementwise_table(isa);
  for (int op = 0; op < HEBB_UNARY_COUNT; op++) {
    for (int i = 0; i < LENGTHS; i++) {
      kernels->unary[op](wild + i, fresh(), lengths[i]);
      take(out, lengths[i] + 16);
    }
    tell("elementwise", "unary", op);
  }
  for (int op = 0; op < HEBB_BINARY_COUNT; op++) {
    for (int i = 0; i < LENGTHS; i++)
      for (int steps = 0; steps < 4; steps++) {
        const long n = lengths[i];
        struct hebb_rows rows = {.a = wild, .b = wild + 5000, .y = fresh(), .rows = 3, .n = n, .a_row = n, .b_row = n,
                                 .a_step = steps & 1, .b_step = steps >> 1};
        kernels->binary[op](&rows);
        take(out, 3 * n + 16);
      }
    tell("elementwise", "binary", op);
  }
  for (int i = 0; i < LENGTHS; i++) {
    const long n = lengths[i];
    kernels->add_product(wild, wild + 3000, 0.3f, fresh(), n);
    kernels->select(wild, tame, positive, out + 2000, n);
    const float finite[] = {(float)kernels->all_finite(wild, n), (float)kernels->all_finite(tame, n)};
    take(out, 2000 + n + 16);
    take(finite, 2);
  }
  tell("elementwise", "others", 0);
}

static void tell_reduce(int isa) {
  const struct hebb_reduce *kernels = hebb_reduce_table(isa);
  for (int op = 0; op < HEBB_REDUCTION_COUNT; op++) {
    for (int i = 0; i < LENGTHS; i++) {
      const float sums[] = {kernels->row[op](tame, lengths[i]), kernels->row[op](wild, lengths[i]),
                            kernels->row[op](tame, lengths[i] * 9)};
      take(sums, 3);
      kernels->columns[op](tame, 7, lengths[i] + 3, fresh(), lengths[i]);
      take(out, lengths[i] + 16);
    }
    tell("reduce", "kind", op);
  }
  for (int i = 0; i < LENGTHS; i++) {
    const long n = lengths[i];
    kernels->softmax(tame, fresh(), 2, n);
    kernels->log_softmax(tame, out + 2 * n, 2, n);
    kernels->softmax_gradient(out, tame + 999, out + 4 * n, 2, n);
    kernels->log_softmax_gradient(out + 2 * n, tame + 999, out + 6 * n, 2, n);
    take(out, 8 * n + 16);
    kernels->softmax(wild, fresh(), 2, n);
    take(out, 2 * n + 16);
  }
  tell("reduce", "softmax", 0);
}

static void tell_random(int isa) {
  const struct hebb_random *kernels = hebb_random_table(isa);
  for (int i = 0; i < LENGTHS; i++) {
    const long n = lengths[i];
    kernels->uniform(7, 1, 1ull << 33, -1, 3, fresh(), n);
    kernels->normal(7, 2, 5, 0.5f, 2, out + n, n);
    kernels->truncated_normal(7, 3, 9, 0.5f, 2, out + 2 * n, n);
    kernels->bernoulli(7, 4, 0, 5000000, out + 3 * n, n);
    take(out, 4 * n + 16);
  }
  tell("random", "all", 0);
}

static void tell_rows(void) {
  for (int i = 0; i < LENGTHS; i++) {
    hebb_transpose_words(19, lengths[i], (const unsigned *)tame, lengths[i] + 2, (unsigned *)fresh(), 21);
    take(out, lengths[i] * 21);
  }
  tell("rows", "transposed", 0);
}

int main(void) {
  static const char *const names[] = {"scalar", "avx2", "avx512", "neon"};
  const char *wish = getenv("HEBB_ISA");
  const int isa = hebb_isa();
  if (!wish || strcmp(wish, names[isa]) != 0) {
    fprintf(stderr, "HEBB_ISA=%s cannot be had here\n", wish ? wish : "");
    return 2;
  }
  prepare();
  const unsigned long before = hebb_float_environment_enter();
  tell_elementwise(isa);
  tell_reduce(isa);
  tell_random(isa);
  tell_rows();
  tell_training(isa);
  tell_convolutions(isa);
  tell_sequences(isa);
  tell_attention(isa);
  hebb_float_environment_leave(before);
}
