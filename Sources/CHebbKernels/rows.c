// Transposition in blocks of four by four words. Nothing is computed, so one version serves every instruction set.
#include "hebb_rows.h"

typedef unsigned words __attribute__((vector_size(16)));
typedef unsigned words_anywhere __attribute__((vector_size(16), aligned(4), may_alias));

static inline void block(const unsigned *in, long pitch, unsigned *out, long out_pitch) {
  words a = *(const words_anywhere *)in, b = *(const words_anywhere *)(in + pitch);
  words c = *(const words_anywhere *)(in + 2 * pitch), d = *(const words_anywhere *)(in + 3 * pitch);
  words ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  words ef = __builtin_shufflevector(a, b, 2, 6, 3, 7), gh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  *(words_anywhere *)out = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
  *(words_anywhere *)(out + out_pitch) = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
  *(words_anywhere *)(out + 2 * out_pitch) = __builtin_shufflevector(ef, gh, 0, 1, 4, 5);
  *(words_anywhere *)(out + 3 * out_pitch) = __builtin_shufflevector(ef, gh, 2, 3, 6, 7);
}

void hebb_transpose_words(long rows, long columns, const unsigned *in, long pitch, unsigned *out, long out_pitch) {
  // Bands of sixteen rows fill whole cache lines of the output before they leave the cache.
  for (long top = 0; top < rows; top += 16) {
    long bottom = top + 16 < rows ? top + 16 : rows;
    long c = 0;
    for (; c + 4 <= columns; c += 4) {
      long r = top;
      for (; r + 4 <= bottom; r += 4) block(in + r * pitch + c, pitch, out + c * out_pitch + r, out_pitch);
      for (; r < bottom; r++)
        for (long k = c; k < c + 4; k++) out[k * out_pitch + r] = in[r * pitch + k];
    }
    for (; c < columns; c++)
      for (long r = top; r < bottom; r++) out[c * out_pitch + r] = in[r * pitch + c];
  }
}
