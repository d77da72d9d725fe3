// A tile of sums: `R` rows of `V` vectors of sixteen columns, held in registers.
#include "epilogue.h"

// How many vectors of sixteen floats may hold sums: all but what the operands need of the set's registers.
#if HEBB_TARGET == HEBB_TARGET_AVX512
#define REGISTERS 24
#else
#define REGISTERS 6
#endif

#define NAME(f) HEBB_NAMED(f)
#define UNROLL _Pragma("clang loop unroll(full)")

HEBB_INLINE void store_tile(const int R, const int V, v16 sum[R][V], float *c, ptrdiff_t c_row) {
  UNROLL for (int i = 0; i < R; i++)
    UNROLL for (int j = 0; j < V; j++) store(c + i * c_row + 16 * j, sum[i][j]);
}

HEBB_INLINE void finish_tile(const int R, const int V, v16 sum[R][V], const struct hebb_epilogue *e, ptrdiff_t column) {
  UNROLL for (int i = 0; i < R; i++)
    UNROLL for (int j = 0; j < V; j++) sum[i][j] = NAME(finish)(sum[i][j], e, column + 16 * j, 0);
}

/// The sums of one tile, from zero or from c, stored to c, `c_row` floats from row to row.
HEBB_INLINE void tile(const int R, const int V, const struct hebb_product *p, const float *a, const float *b, float *c,
                 ptrdiff_t c_row, const struct hebb_epilogue *e, ptrdiff_t column, const float *residual) {
  v16 sum[R][V];
  UNROLL for (int i = 0; i < R; i++)
    UNROLL for (int j = 0; j < V; j++) sum[i][j] = p->accumulate ? load(c + i * c_row + 16 * j) : (v16){0};
  const ptrdiff_t a_row = p->a_row, a_step = p->a_step, b_block = p->b_block, b_step = p->b_step, length = p->length;
  for (ptrdiff_t t = 0; t < p->taps; t++) {
    const float *at = a + p->a_tap[t], *bt = b + p->b_tap[t];
    for (ptrdiff_t k = 0; k < length; k++) {
      v16 line[V];
      UNROLL for (int j = 0; j < V; j++) line[j] = load(bt + j * b_block);
      UNROLL for (int i = 0; i < R; i++) {
        v16 x = all(at[i * a_row]);
        UNROLL for (int j = 0; j < V; j++) sum[i][j] = fma16(x, line[j], sum[i][j]);
      }
      at += a_step;
      bt += b_step;
    }
  }
  if (!e) {
    store_tile(R, V, sum, c, c_row);
  } else if (e->scale || residual) {
    UNROLL for (int i = 0; i < R; i++)
      UNROLL for (int j = 0; j < V; j++)
        sum[i][j] = NAME(finish)(sum[i][j], e, column + 16 * j, residual ? residual + i * c_row + 16 * j : 0);
    store_tile(R, V, sum, c, c_row);
  } else {  // bias and ReLU, asked for once
    const struct hebb_epilogue bias = {.bias = e->bias}, relu = {.relu = 1};
    if (e->bias) finish_tile(R, V, sum, &bias, column);
    if (e->relu) finish_tile(R, V, sum, &relu, column);
    store_tile(R, V, sum, c, c_row);
  }
}

typedef void (*tile_function)(const struct hebb_product *, const float *, const float *, float *, ptrdiff_t,
                              const struct hebb_epilogue *, ptrdiff_t, const float *);

#define TILE(R, V)                                                                                                    \
  static void NAME(tile_##R##_##V)(const struct hebb_product *p, const float *a, const float *b, float *c,            \
                                   ptrdiff_t c_row, const struct hebb_epilogue *e, ptrdiff_t column,                  \
                                   const float *residual) {                                                           \
    tile(R, V, p, a, b, c, c_row, e, column, residual);                                                               \
  }

#define TILES_4(V) TILE(1, V) TILE(2, V) TILE(3, V) TILE(4, V)
#define TILES_6(V) TILES_4(V) TILE(5, V) TILE(6, V)
#define TILES_12(V) TILES_6(V) TILE(7, V) TILE(8, V) TILE(9, V) TILE(10, V) TILE(11, V) TILE(12, V)
#define TILES_24(V)                                                                                                   \
  TILES_12(V) TILE(13, V) TILE(14, V) TILE(15, V) TILE(16, V) TILE(17, V) TILE(18, V) TILE(19, V) TILE(20, V)         \
  TILE(21, V) TILE(22, V) TILE(23, V) TILE(24, V)
#define AT(R, V) [R - 1] = NAME(tile_##R##_##V)
#define ROW_4(V) AT(1, V), AT(2, V), AT(3, V), AT(4, V)
#define ROW_6(V) ROW_4(V), AT(5, V), AT(6, V)
#define ROW_12(V) ROW_6(V), AT(7, V), AT(8, V), AT(9, V), AT(10, V), AT(11, V), AT(12, V)
#define ROW_24(V)                                                                                                     \
  ROW_12(V), AT(13, V), AT(14, V), AT(15, V), AT(16, V), AT(17, V), AT(18, V), AT(19, V), AT(20, V), AT(21, V),       \
      AT(22, V), AT(23, V), AT(24, V)

// widths[w] vectors wide, heights[w] rows at most, widest first. REGISTERS bounds the product.
#if REGISTERS >= 24
TILES_24(1) TILES_12(2) TILES_6(4) TILE(1, 8) TILE(2, 8) TILE(3, 8) TILE(1, 16)
TILE(1, 3) TILE(1, 5) TILE(1, 6) TILE(1, 7)
enum { WIDTHS = 5, LONGEST = 8 };
static const int widths[WIDTHS] = {16, 8, 4, 2, 1}, heights[WIDTHS] = {1, 3, 6, 12, 24};
static const tile_function tiles[WIDTHS][24] = {
    {AT(1, 16)}, {AT(1, 8), AT(2, 8), AT(3, 8)}, {ROW_6(4)}, {ROW_12(2)}, {ROW_24(1)}};
static const tile_function lines[LONGEST] = {NAME(tile_1_1), NAME(tile_1_2), NAME(tile_1_3), NAME(tile_1_4),
                                             NAME(tile_1_5), NAME(tile_1_6), NAME(tile_1_7), NAME(tile_1_8)};
#else
TILES_6(1) TILE(1, 2) TILE(2, 2) TILE(1, 3) TILE(1, 4)
enum { WIDTHS = 3, LONGEST = 4 };
static const int widths[WIDTHS] = {4, 2, 1}, heights[WIDTHS] = {1, 2, 6};
static const tile_function tiles[WIDTHS][24] = {{AT(1, 4)}, {AT(1, 2), AT(2, 2)}, {ROW_6(1)}};
static const tile_function lines[LONGEST] = {NAME(tile_1_1), NAME(tile_1_2), NAME(tile_1_3), NAME(tile_1_4)};
#endif

/// The widest tiles that leave no lane idle: few rows ask for wide tiles, many rows for narrow ones.
static int choose(ptrdiff_t rows, ptrdiff_t columns) {
  for (int w = 0; w < WIDTHS; w++)
    if (columns >= 16 * widths[w] && (rows <= heights[w] || w >= WIDTHS - (REGISTERS >= 24 ? 2 : 1))) return w;
  return WIDTHS - 1;
}

/// An epilogue for columns that end inside a vector: its factors and terms, filled up with zeros.
struct narrow_epilogue {
  struct hebb_epilogue epilogue;
  float scale[16 * LONGEST], bias[16 * LONGEST];
};

static const struct hebb_epilogue *narrow(struct narrow_epilogue *to, const struct hebb_epilogue *from,
                                          ptrdiff_t column, ptrdiff_t width) {
  if (!from) return 0;
  to->epilogue = (struct hebb_epilogue){.residual = from->residual, .relu = from->relu};
  const ptrdiff_t whole = (width + 15) / 16 * 16;
  if (from->scale) {
    to->epilogue.scale = to->scale;
    for (ptrdiff_t j = 0; j < whole; j++) to->scale[j] = j < width ? from->scale[column + j] : 0;
  }
  if (from->bias) {
    to->epilogue.bias = to->bias;
    for (ptrdiff_t j = 0; j < whole; j++) to->bias[j] = j < width ? from->bias[column + j] : 0;
  }
  return &to->epilogue;
}

/// One block of columns that ends inside a vector: summed in a tile of its own, then copied.
static void ragged(const struct hebb_product *p, const float *b, ptrdiff_t column) {
  const ptrdiff_t width = p->columns - column;
  float block[24 * 16], residual[24 * 16];
  struct narrow_epilogue room;
  const struct hebb_epilogue *e = narrow(&room, p->epilogue, column, width);
  const int height = heights[WIDTHS - 1];
  const ptrdiff_t parts = (p->rows + height - 1) / height;
  // Where rows follow each other without a gap, a whole vector may be stored: the next row repairs what it spills over.
  const int spills = column == 0 && p->c_row == p->columns;
  for (ptrdiff_t part = 0; part < parts; part++) {
    const ptrdiff_t from = p->rows * part / parts, rows = p->rows * (part + 1) / parts - from;
    const tile_function sums = tiles[WIDTHS - 1][rows - 1];
    float *c = p->c + from * p->c_row + column;
    const float *added = e && e->residual ? e->residual + from * p->c_row + column : 0;
    if (spills && !p->accumulate && !added && (p->rows - from - rows + 1) * p->c_row >= 16) {
      sums(p, p->a + from * p->a_row, b, c, p->c_row, e, 0, 0);
      continue;
    }
    for (ptrdiff_t r = 0; r < rows && (p->accumulate || added); r++)
      for (ptrdiff_t j = 0; j < 16; j++) {
        if (p->accumulate) block[16 * r + j] = j < width ? c[r * p->c_row + j] : 0;
        if (added) residual[16 * r + j] = j < width ? added[r * p->c_row + j] : 0;
      }
    sums(p, p->a + from * p->a_row, b, block, 16, e, 0, added ? residual : 0);
    for (ptrdiff_t r = 0; r < rows; r++) {
      if (spills && (rows - r) * p->c_row >= 16)
        store(c + r * p->c_row, load(block + 16 * r));
      else
        for (ptrdiff_t j = 0; j < width; j++) c[r * p->c_row + j] = block[16 * r + j];
    }
  }
}

/// One row that ends inside a vector: its sums wait for each other, so that as many as the registers hold go side by side.
static void line(const struct hebb_product *p) {
  const struct hebb_epilogue *e = p->epilogue;
  for (ptrdiff_t column = 0; column < p->columns; column += 16 * LONGEST) {
    const ptrdiff_t left = p->columns - column, width = left < 16 * LONGEST ? left : 16 * LONGEST;
    const ptrdiff_t bytes = width * (ptrdiff_t)sizeof(float);
    const float *b = p->b + column / 16 * p->b_block;
    float block[16 * LONGEST] = {0}, residual[16 * LONGEST] = {0};
    struct narrow_epilogue room;
    if (p->accumulate) memcpy(block, p->c + column, (size_t)bytes);
    if (e && e->residual) memcpy(residual, e->residual + column, (size_t)bytes);
    lines[(width + 15) / 16 - 1](p, p->a, b, block, 0, narrow(&room, e, column, width), 0,
                                 e && e->residual ? residual : 0);
    memcpy(p->c + column, block, (size_t)bytes);
  }
}

static void NAME(product)(const struct hebb_product *p) {
  if (p->rows == 1 && p->columns % 16 != 0) return line(p);
  const struct hebb_epilogue *e = p->epilogue;
  ptrdiff_t column = 0;
  while (column + 16 <= p->columns) {
    const int w = choose(p->rows, p->columns - column);
    // Rows are shared out evenly, so that no tile is left with too few to fill the pipeline.
    const ptrdiff_t parts = (p->rows + heights[w] - 1) / heights[w];
    const float *b = p->b + column / 16 * p->b_block;
    for (ptrdiff_t part = 0; part < parts; part++) {
      const ptrdiff_t from = p->rows * part / parts, rows = p->rows * (part + 1) / parts - from;
      float *c = p->c + from * p->c_row + column;
      const float *residual = e && e->residual ? e->residual + from * p->c_row + column : 0;
      tiles[w][rows - 1](p, p->a + from * p->a_row, b, c, p->c_row, e, column, residual);
    }
    column += 16 * widths[w];
  }
  if (column < p->columns) ragged(p, p->b + column / 16 * p->b_block, column);
}

/// Sixteen lines of sixteen floats, turned.
HEBB_INLINE void turn_block(const float *x, ptrdiff_t x_row, float *y, ptrdiff_t y_row) {
  v16 r[16], t[16];
  UNROLL for (int i = 0; i < 16; i++) r[i] = load(x + i * x_row);
  UNROLL for (int i = 0; i < 8; i++) {
    t[2 * i] = __builtin_shufflevector(r[i], r[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    t[2 * i + 1] = __builtin_shufflevector(r[i], r[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
  UNROLL for (int i = 0; i < 8; i++) {
    r[2 * i] = __builtin_shufflevector(t[i], t[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    r[2 * i + 1] = __builtin_shufflevector(t[i], t[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
  UNROLL for (int i = 0; i < 8; i++) {
    t[2 * i] = __builtin_shufflevector(r[i], r[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    t[2 * i + 1] = __builtin_shufflevector(r[i], r[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
  UNROLL for (int i = 0; i < 8; i++) {
    store(y + 2 * i * y_row, __builtin_shufflevector(t[i], t[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    store(y + (2 * i + 1) * y_row,
          __builtin_shufflevector(t[i], t[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
  }
}

static void NAME(pack_columns)(const float *x, ptrdiff_t row, ptrdiff_t column, ptrdiff_t rows, ptrdiff_t columns, float *b) {
  for (ptrdiff_t j = 0; j < columns; j += 16, b += rows * 16) {
    const ptrdiff_t width = columns - j < 16 ? columns - j : 16;
    ptrdiff_t k = 0;
    if (width == 16 && column == 1)
      for (; k < rows; k++) store(b + 16 * k, load(x + k * row + j));
    if (width == 16 && row == 1)
      for (; k + 16 <= rows; k += 16) turn_block(x + j * column + k, column, b + 16 * k, 16);
    if (width < 16 && column == 1) {
      // A whole vector is read where the rows behind fill it, and cut to the block's width.
      const i16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
      const i16 inside = lane < (i16){0} + (int32_t)width;
      for (; k < rows && (rows - 1 - k) * row + width >= 16; k++)
        store(b + 16 * k, only(inside, load(x + k * row + j)));
    }
    for (; k < rows; k++)
      for (ptrdiff_t i = 0; i < 16; i++) b[16 * k + i] = i < width ? x[k * row + (j + i) * column] : 0;
  }
}

static void NAME(small)(const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b, ptrdiff_t b_step,
                        ptrdiff_t b_column, float *c, ptrdiff_t rows, ptrdiff_t length, ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++) {
      float sum = 0;
      for (ptrdiff_t k = 0; k < length; k++)
        sum = __builtin_elementwise_fma(a[i * a_row + k * a_step], b[k * b_step + j * b_column], sum);
      c[i * columns + j] = sum;
    }
}

static void NAME(turn)(const float *x, ptrdiff_t rows, ptrdiff_t columns, float *y) {
  for (ptrdiff_t i = 0; i < rows; i += 16)
    for (ptrdiff_t j = 0; j < columns; j += 16) {
      if (i + 16 <= rows && j + 16 <= columns) {
        turn_block(x + i * columns + j, columns, y + j * rows + i, rows);
        continue;
      }
      for (ptrdiff_t r = i; r < rows && r < i + 16; r++)
        for (ptrdiff_t s = j; s < columns && s < j + 16; s++) y[s * rows + r] = x[r * columns + s];
    }
}

/// Pairs of neighbours first, then pairs of pairs: the order depends on the number of parts alone.
static void NAME(join)(float *parts, ptrdiff_t pieces, ptrdiff_t count, float *y) {
  for (ptrdiff_t step = 1; step < pieces; step *= 2)
    for (ptrdiff_t piece = 0; piece + step < pieces; piece += 2 * step) {
      float *a = parts + piece * count;
      const float *b = a + step * count;
      for (ptrdiff_t i = 0; i < count; i++) a[i] += b[i];
    }
  for (ptrdiff_t i = 0; i < count; i++) y[i] = parts[i];
}

static void NAME(scatter)(const float *x, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t length, float *y, ptrdiff_t step) {
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < length; j++) y[i * step + j] += x[i * row + j];
}

static void NAME(finish_pixels)(const float *x, ptrdiff_t pixels, ptrdiff_t channels, float *y,
                                const struct hebb_epilogue *e, ptrdiff_t place) {
  for (ptrdiff_t i = 0; i < pixels; i++)
    for (ptrdiff_t c = 0; c < channels; c++) {
      float sum = x[i * channels + c];
      if (e && e->scale) sum = __builtin_elementwise_fma(sum, e->scale[c], e->bias[c]);
      else if (e && e->bias) sum = sum + e->bias[c];
      if (e && e->residual) sum = sum + e->residual[place + i * channels + c];
      y[i * channels + c] = e && e->relu && sum < 0 ? 0 : sum;
    }
}

const struct hebb_product_kernels NAME(hebb_product_kernels) = {NAME(product), NAME(pack_columns), NAME(small), NAME(turn), NAME(join),
    NAME(scatter), NAME(finish_pixels)};
