// The kernels of Hebb: plain functions on float pointers. Every family has a header of its own.
#ifndef HEBB_KERNELS_H
#define HEBB_KERNELS_H

#include "hebb_platform.h"
#include "hebb_product.h"

#include "hebb_elementwise.h"
#include "hebb_random.h"
#include "hebb_reduce.h"

#endif
