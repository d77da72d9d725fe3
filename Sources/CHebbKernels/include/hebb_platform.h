// The processor: its instruction sets, its control register, its pause.
#ifndef HEBB_PLATFORM_H
#define HEBB_PLATFORM_H

/// The instruction sets that the kernels are compiled for.
enum hebb_isa { HEBB_SCALAR = 0, HEBB_AVX2 = 1, HEBB_AVX512 = 2, HEBB_NEON = 3 };

/// The set that the kernels use. The first call decides: `HEBB_ISA` (avx512, avx2, neon, scalar) where this processor has
/// it, else the widest that it has.
int hebb_isa(void);

/// Whether this processor and its system can run a set.
int hebb_isa_available(int isa);

/// Sets round-to-nearest with denormals kept, and returns what was set before.
unsigned long hebb_float_environment_enter(void);
void hebb_float_environment_leave(unsigned long before);

/// Tells the core that this thread only waits.
void hebb_pause(void);

#endif
