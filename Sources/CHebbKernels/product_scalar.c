#define SUFFIX scalar
#define REGISTERS 6
#include "product.inc"
