// What the fingerprints of the kernels share: seeded numbers, and a hash of the bits of results.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hebb_kernels.h"

enum { ROOM = 1 << 15 };

/// Inputs: ordinary numbers of every size with odd ones among them, ordinary numbers only, numbers from 0 to 1.
extern float wild[ROOM], tame[2 * ROOM], positive[ROOM];
/// Where kernels write; `fresh` fills it, so that what a kernel leaves alone is known.
extern float out[ROOM];

float *fresh(void);
/// Takes `count` numbers into the fingerprint of the case at hand; every NaN counts as the same.
void take(const float *x, long count);
/// Prints the fingerprint of a case, and begins the next.
void tell(const char *family, const char *what, int which);

void tell_convolutions(int isa);
void tell_training(int isa);
void tell_sequences(int isa);
void tell_attention(int isa);
