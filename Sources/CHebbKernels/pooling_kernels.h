// Pooling, sixteen channels at a time. With fewer channels a vector reaches into the next pixels: what it reads there is
// ignored, what it writes there is overwritten by the next pixel's store, and stores never pass the end of their row.
#include "vector_kernels.h"

#include "hebb_pooling.h"

struct window { int top, bottom, left, right; };

HEBB_INLINE struct window window_at(const struct hebb_pooling *p, long row, long column) {
  return (struct window){p->top[row], p->bottom[row], p->left[column], p->right[column]};
}

/// The largest element of a window for sixteen channels, and its place in the window.
HEBB_INLINE v16 find_largest(const struct hebb_pooling *p, const float *x, struct window w, long channel, i16 *place) {
  const float *end = x + p->height * p->width * p->channels;
  v16 best = all(-__builtin_inff());
  i16 where = {0};
  int step = 0;
  for (int row = w.top; row < w.bottom; row++) {
    const float *at = x + (row * p->width + w.left) * p->channels + channel;
    for (int column = w.left; column < w.right; column++, step++, at += p->channels) {
      v16 v = load_most(at, end - at);
      i16 better = (v > best) | (v != v);
      best = pick(better, v, best);
      where = (better & step) | (where & ~better);
    }
  }
  *place = where;
  return best;
}

/// The same element alone, of a window behind whose last element sixteen more floats may be read.
HEBB_INLINE v16 largest_inside(const float *at, long rows, long columns, long pitch, long channels) {
  v16 best = all(-__builtin_inff());
  for (long row = 0; row < rows; row++, at += pitch)
    for (long column = 0; column < columns; column++) {
      v16 v = load(at + column * channels);
      best = pick((v > best) | (v != v), v, best);
    }
  return best;
}

static void run_largest(const struct hebb_pooling *p, const float *x, float *y) {
  const long channels = p->channels, pitch = p->width * channels;
  // Where sixteen floats may last be read.
  const float *last = x + p->height * pitch - 16;
  for (long row = 0; row < p->out_height; row++) {
    const long top = p->top[row], bottom = p->bottom[row];
    float *end = y + p->out_width * channels;
    for (long column = 0; column < p->out_width; column++, y += channels) {
      const long left = p->left[column], right = p->right[column];
      const float *corner = x + (bottom - 1) * pitch + (right - 1) * channels;
      for (long c = 0; c < channels; c += 16) {
        i16 place;
        const float *at = x + top * pitch + left * channels + c;
        v16 best;
        if (corner + c > last) best = find_largest(p, x, window_at(p, row, column), c, &place);
        else if (bottom - top == 2 && right - left == 2)  // the usual window, without loops
          best = largest_inside(at, 2, 2, pitch, channels);
        else best = largest_inside(at, bottom - top, right - left, pitch, channels);
        store_most(y + c, best, end - (y + c));
      }
    }
  }
}

/// How many floats may be written: up to the end of the row with few channels, where the next pixel's store follows; up
/// to the end of the pixel with more than sixteen.
HEBB_INLINE long room_at(long channels, long channel, long row_left) {
  return channels > 16 ? channels - channel : row_left;
}

/// Puts `v` into dx, or adds it where windows overlap. Lanes beyond the pixel's channels are zero.
HEBB_INLINE void deliver(float *dx, v16 v, long room, int apart) {
  if (!apart) v += load_most(dx, room);
  store_most(dx, v, room);
}

static void run_average(const struct hebb_pooling *p, const float *x, float *y) {
  long channels = p->channels;
  const float *last = x + p->height * p->width * channels;
  for (long row = 0; row < p->out_height; row++) {
    float *end = y + p->out_width * channels;
    for (long column = 0; column < p->out_width; column++, y += channels) {
      struct window w = window_at(p, row, column);
      float size = (float)((long)p->row_size[row] * p->column_size[column]);
      for (long c = 0; c < channels; c += 16) {
        v16 sum = {0};
        for (int i = w.top; i < w.bottom; i++) {
          const float *at = x + (i * p->width + w.left) * channels + c;
          v16 line = {0};
          for (int j = w.left; j < w.right; j++, at += channels) line += load_most(at, last - at);
          sum += line;
        }
        store_most(y + c, sum / size, end - (y + c));
      }
    }
  }
}

/// Hands the gradient of each window to its elements: all of it to the largest one, or to each an equal part.
HEBB_INLINE void spread(const int largest, const struct hebb_pooling *p, const float *x, const float *dy, float *dx) {
  long channels = p->channels, pitch = p->width * channels;
  const float *end = dy + p->out_height * p->out_width * channels;
  memset(dx, 0, (unsigned long)(p->height * pitch) * sizeof(float));
  for (long row = 0; row < p->out_height; row++)
    for (long column = 0; column < p->out_width; column++, dy += channels) {
      struct window w = window_at(p, row, column);
      float size = (float)((long)p->row_size[row] * p->column_size[column]);
      for (long c = 0; c < channels; c += 16) {
        const i16 inside = first_lanes(channels - c);
        v16 g = load_most(dy + c, end - (dy + c));
        i16 place = {0};
        if (largest) {
          find_largest(p, x, w, c, &place);
          place |= ~inside;
        } else {
          g = only(inside, g / size);
        }
        int step = 0;
        for (int i = w.top; i < w.bottom; i++) {
          float *line = dx + i * pitch;
          for (int j = w.left; j < w.right; j++, step++) {
            float *at = line + j * channels + c;
            deliver(at, largest ? only(place == step, g) : g, room_at(channels, c, line + pitch - at), p->apart);
          }
        }
      }
    }
}

static void run_largest_gradient(const struct hebb_pooling *p, const float *x, const float *dy, float *dx) {
  spread(1, p, x, dy, dx);
}

static void run_average_gradient(const struct hebb_pooling *p, const float *dy, float *dx) { spread(0, p, 0, dy, dx); }

const struct hebb_pooling_kernels HEBB_NAMED(hebb_pooling_kernels) = {
    .largest = run_largest,
    .largest_gradient = run_largest_gradient,
    .average = run_average,
    .average_gradient = run_average_gradient,
};
