#if defined(__aarch64__)
#define SUFFIX neon
#define REGISTERS 6
#include "product.inc"
#endif
