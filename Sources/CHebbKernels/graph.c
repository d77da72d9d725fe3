#include "hebb_graph.h"

#include "hebb_isa_dispatch.h"

HEBB_DISPATCH(hebb_graph)
