// Random numbers: Philox 4×32 with ten rounds (Salmon and others 2011), in groups of 64 elements.
#ifndef HEBB_RANDOM_H
#define HEBB_RANDOM_H

#include <stdint.h>

/// Elements come in groups of this many: sixteen blocks of the generator, word w of block l at place 16 w + l.
#define HEBB_RANDOM_GROUP 64

/// The kernels of one instruction set. Each fills `n` elements from the generator's block `index` on; the 24 upper bits
/// of each word make a number u in [0, 1).
struct hebb_random {
  /// y = low + u · span, and no more than low + span.
  void (*uniform)(uint64_t seed, uint64_t stream, uint64_t index, float low, float span, float *y, long n);
  /// mean + deviation · z, z of a standard normal distribution (Box and Muller 1958).
  void (*normal)(uint64_t seed, uint64_t stream, uint64_t index, float mean, float deviation, float *y, long n);
  /// The same with |z| < 2, by the inverse of the error function (Giles 2010).
  void (*truncated_normal)(uint64_t seed, uint64_t stream, uint64_t index, float mean, float deviation, float *y,
                           long n);
  /// 1 with probability threshold / 2^24, else 0.
  void (*bernoulli)(uint64_t seed, uint64_t stream, uint64_t index, int32_t threshold, float *y, long n);
};

/// The kernels of an instruction set that this processor has.
const struct hebb_random *hebb_random_table(int isa);
/// The kernels in use.
const struct hebb_random *hebb_random_kernels(void);

#endif
