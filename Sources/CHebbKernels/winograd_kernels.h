// Winograd's transforms, sixteen channels at a time.
#include "epilogue.h"

static void HEBB_NAMED(weights)(const float *w, ptrdiff_t tap, ptrdiff_t input, ptrdiff_t output, ptrdiff_t inputs,
                                ptrdiff_t outputs, float *u) {
  for (ptrdiff_t o = 0; o < outputs; o++)
    for (ptrdiff_t c = 0; c < inputs; c++) {
      const float *g = w + c * input + o * output;
      float rows[4][3];  // G g
      for (int j = 0; j < 3; j++) {
        const float a = g[j * tap], b = g[(3 + j) * tap], d = g[(6 + j) * tap];
        rows[0][j] = a;
        rows[1][j] = 0.5f * ((a + d) + b);
        rows[2][j] = 0.5f * ((a + d) - b);
        rows[3][j] = d;
      }
      float *to = u + o / 16 * inputs * 16 + c * 16 + o % 16;
      for (int i = 0; i < 4; i++) {
        const float a = rows[i][0], b = rows[i][1], d = rows[i][2];
        const float line[4] = {a, 0.5f * ((a + d) + b), 0.5f * ((a + d) - b), d};
        for (int j = 0; j < 4; j++) to[(4 * i + j) * inputs * outputs] = line[j];
      }
    }
}

/// One line of Bᵀ d: (d₀ − d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃).
HEBB_INLINE void HEBB_NAMED(spread)(const v16 *d, int step, v16 *t) {
  t[0] = d[0] - d[2 * step];
  t[1] = d[step] + d[2 * step];
  t[2] = d[2 * step] - d[step];
  t[3] = d[step] - d[3 * step];
}

static void HEBB_NAMED(input)(const float *x, ptrdiff_t row, ptrdiff_t tiles, ptrdiff_t channels, float *v,
                              ptrdiff_t distance) {
  for (ptrdiff_t t = 0; t < tiles; t++)
    for (ptrdiff_t c = 0; c < channels; c += 16) {
      const float *from = x + 2 * t * channels + c;
      float *to = v + t * channels + c;
      v16 d[16], columns[16];  // d, then Bᵀ d with its columns side by side
      for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) d[4 * i + j] = load(from + i * row + j * channels);
      for (int j = 0; j < 4; j++) HEBB_NAMED(spread)(d + j, 4, columns + 4 * j);
      for (int i = 0; i < 4; i++) {
        v16 line[4];
        HEBB_NAMED(spread)(columns + i, 4, line);
        for (int j = 0; j < 4; j++) store(to + (4 * i + j) * distance, line[j]);
      }
    }
}

/// One line of Aᵀ m: (m₀ + m₁ + m₂, m₁ − m₂ − m₃).
HEBB_INLINE void HEBB_NAMED(gather)(const v16 *m, int step, v16 *t) {
  t[0] = (m[0] + m[step]) + m[2 * step];
  t[1] = (m[step] - m[2 * step]) - m[3 * step];
}

static void HEBB_NAMED(output)(const float *m, ptrdiff_t distance, ptrdiff_t channels, float *y, ptrdiff_t row,
                               ptrdiff_t rows, ptrdiff_t width, const struct hebb_epilogue *e) {
  for (ptrdiff_t t = 0; 2 * t < width; t++)
    for (ptrdiff_t c = 0; c < channels; c += 16) {
      const float *from = m + t * channels + c;
      v16 d[16], columns[8];
      for (int place = 0; place < 16; place++) d[place] = load(from + place * distance);
      for (int j = 0; j < 4; j++) HEBB_NAMED(gather)(d + j, 4, columns + 2 * j);
      for (int i = 0; i < 2 && i < rows; i++) {
        v16 line[2];
        HEBB_NAMED(gather)(columns + i, 2, line);
        for (int j = 0; j < 2 && 2 * t + j < width; j++) {
          const ptrdiff_t place = i * row + (2 * t + j) * channels + c;
          store(y + place, e ? HEBB_NAMED(finish)(line[j], e, c, e->residual ? e->residual + place : 0) : line[j]);
        }
      }
    }
}

const struct hebb_winograd HEBB_NAMED(hebb_winograd) = {HEBB_NAMED(weights), HEBB_NAMED(input), HEBB_NAMED(output)};
