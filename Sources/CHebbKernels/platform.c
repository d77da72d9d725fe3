#include "hebb_platform.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

int hebb_isa_available(int isa) {
  switch (isa) {
    case HEBB_SCALAR: return 1;
#if defined(__x86_64__)
    case HEBB_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case HEBB_AVX512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#elif defined(__aarch64__)
    case HEBB_NEON: return 1;
#endif
    default: return 0;
  }
}

static int choose(void) {
  static const char *const names[] = {"scalar", "avx2", "avx512", "neon"};
  const char *wish = getenv("HEBB_ISA");
  for (int isa = 0; wish && isa < 4; isa++)
    if (strcmp(wish, names[isa]) == 0 && hebb_isa_available(isa)) return isa;
  if (hebb_isa_available(HEBB_AVX512)) return HEBB_AVX512;
  if (hebb_isa_available(HEBB_AVX2)) return HEBB_AVX2;
  if (hebb_isa_available(HEBB_NEON)) return HEBB_NEON;
  return HEBB_SCALAR;
}

int hebb_isa(void) {
  static atomic_int chosen = -1;
  int isa = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (isa < 0) {
    isa = choose();
    atomic_store_explicit(&chosen, isa, memory_order_relaxed);
  }
  return isa;
}

#if defined(__x86_64__)

#include <immintrin.h>

unsigned long hebb_float_environment_enter(void) {
  unsigned before = _mm_getcsr();
  // All exceptions masked, round to nearest, neither flush-to-zero nor denormals-are-zero; the sticky flags stay.
  unsigned wanted = (before & 0x3f) | 0x1f80;
  if (wanted != before) _mm_setcsr(wanted);
  return before;
}

void hebb_float_environment_leave(unsigned long before) {
  unsigned now = _mm_getcsr();
  unsigned wanted = ((unsigned)before & ~0x3fu) | (now & 0x3f);
  if (wanted != now) _mm_setcsr(wanted);
}

void hebb_pause(void) { _mm_pause(); }

#elif defined(__aarch64__)

unsigned long hebb_float_environment_enter(void) {
  unsigned long before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  unsigned long wanted = before & ~((1ul << 24) | (3ul << 22));
  if (wanted != before) __asm__ volatile("msr fpcr, %0" : : "r"(wanted));
  return before;
}

void hebb_float_environment_leave(unsigned long before) { __asm__ volatile("msr fpcr, %0" : : "r"(before)); }

void hebb_pause(void) { __asm__ volatile("yield"); }

#else

unsigned long hebb_float_environment_enter(void) { return 0; }
void hebb_float_environment_leave(unsigned long before) { (void)before; }
void hebb_pause(void) {}

#endif
