#include "hebb_product.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_product_kernels)
