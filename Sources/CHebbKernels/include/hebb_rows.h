// Moving 4-byte elements about.
#ifndef HEBB_ROWS_H
#define HEBB_ROWS_H

/// Rows become columns: out[c · out_pitch + r] = in[r · pitch + c] for r < rows, c < columns; pitches in elements.
void hebb_transpose_words(long rows, long columns, const unsigned *_Nonnull in, long pitch, unsigned *_Nonnull out,
                          long out_pitch);

#endif
