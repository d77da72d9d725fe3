// The kernels of Hebb: plain functions on float pointers. Every family has a header of its own.
#ifndef HEBB_KERNELS_H
#define HEBB_KERNELS_H

#include "hebb_attention.h"
#include "hebb_depthwise.h"
#include "hebb_elementwise.h"
#include "hebb_graph.h"
#include "hebb_loss.h"
#include "hebb_normalization.h"
#include "hebb_optimizer.h"
#include "hebb_path.h"
#include "hebb_platform.h"
#include "hebb_pooling.h"
#include "hebb_product.h"
#include "hebb_random.h"
#include "hebb_recurrent.h"
#include "hebb_reduce.h"
#include "hebb_rows.h"
#include "hebb_rules.h"
#include "hebb_winograd.h"

#endif
