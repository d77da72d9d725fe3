// Pooling, matrix products and convolutions.
#include "fingerprints.h"

static void tell_pooling(int isa) {
  const struct hebb_pooling_kernels *kernels = hebb_pooling_kernels_table(isa);
  // 2×2 windows side by side, and 3×3 windows that overlap and are cut at the edges.
  const int starts[2][4] = {{0, 2, 4, 6}, {0, 1, 3, 5}}, ends[2][4] = {{2, 4, 6, 8}, {2, 4, 6, 8}};
  const int sizes[2][4] = {{2, 2, 2, 2}, {3, 3, 3, 3}};
  for (int kind = 0; kind < 2; kind++) {
    for (long channels = 1; channels < 60; channels += 7) {
      const struct hebb_pooling p = {.height = 8, .width = 8, .channels = channels, .out_height = 4, .out_width = 4,
                                     .top = starts[kind], .bottom = ends[kind], .left = starts[kind],
                                     .right = ends[kind], .row_size = sizes[kind], .column_size = sizes[kind],
                                     .apart = !kind};
      kernels->largest(&p, wild, fresh());
      kernels->average(&p, tame, out + 16 * channels);
      take(out, 32 * channels + 16);
      kernels->largest_gradient(&p, wild, tame, fresh());
      kernels->average_gradient(&p, tame, out + 64 * channels);
      take(out, 128 * channels + 16);
    }
    tell("pooling", "windows", kind);
  }
}

static void tell_product(int isa) {
  const struct hebb_product_kernels *kernels = hebb_product_kernels_table(isa);
  const ptrdiff_t a_tap[] = {0, 40, 97}, b_tap[] = {0, 5 * 16, 10 * 16};
  const ptrdiff_t widths[] = {1, 13, 16, 33, 64, 150, 256};
  for (int kind = 0; kind < 3; kind++) {
    for (int i = 0; i < 7; i++)
      for (ptrdiff_t rows = 1; rows < 27; rows += 5) {
        const ptrdiff_t columns = widths[i];
        struct hebb_epilogue epilogue = {.bias = tame + 7, .relu = kind == 2};
        if (kind == 2) epilogue.scale = tame + 300, epilogue.residual = tame + 900;
        const struct hebb_product p = {
            .a = tame, .b = tame + 2000, .c = fresh(), .rows = rows, .columns = columns, .a_row = 3, .a_step = 1,
            .b_block = 15 * 16, .b_step = 16, .c_row = columns + 1, .taps = 3, .length = 5, .a_tap = a_tap,
            .b_tap = b_tap, .accumulate = kind == 1, .epilogue = kind ? &epilogue : NULL};
        kernels->product(&p);
        take(out, rows * (columns + 1));
      }
    tell("product", "tiles", kind);
  }
  for (int i = 0; i < 7; i++) {
    const ptrdiff_t n = widths[i];
    kernels->pack_columns(tame, n, 1, 21, n, fresh());
    take(out, 21 * (n + 15) / 16 * 16);
    kernels->pack_columns(tame, 1, 21, 21, n, fresh());
    take(out, 21 * (n + 15) / 16 * 16);
    kernels->small(tame, 9, 1, tame + 500, n, 1, fresh(), 7, 9, n);
    kernels->turn(tame, 21, n, out + 7 * n);
    take(out, 28 * n);
    kernels->scatter(tame, n, 9, n, fresh(), n / 2 + 1);
    take(out, 10 * n);
    const struct hebb_epilogue epilogue = {.bias = tame + 7, .scale = tame + 300, .residual = tame + 900, .relu = 1};
    kernels->finish_pixels(tame, 5, n, fresh(), &epilogue, 11);
    take(out, 5 * n);
    memcpy(fresh(), tame, (size_t)(7 * n) * sizeof(float));
    kernels->join(out, 7, n, out + 7 * n);
    take(out + 7 * n, n);
  }
  tell("product", "others", 0);
}

static void tell_winograd(int isa) {
  const struct hebb_winograd *kernels = hebb_winograd_table(isa);
  kernels->weights(tame, 32 * 16, 16, 1, 32, 16, fresh());
  take(out, 16 * 32 * 16);
  kernels->input(tame, 12 * 32, 5, 32, fresh(), 5 * 32);
  take(out, 16 * 5 * 32);
  const struct hebb_epilogue epilogue = {.bias = tame + 7, .residual = tame + 900, .relu = 1};
  for (int rows = 1; rows < 3; rows++) {
    kernels->output(tame, 5 * 32, 32, fresh(), 9 * 32, rows, 9, rows == 1 ? &epilogue : NULL);
    take(out, 18 * 32);
  }
  tell("winograd", "transforms", 0);
}

static void tell_depthwise(int isa) {
  const struct hebb_depthwise_kernels *kernels = hebb_depthwise_kernels_table(isa);
  for (ptrdiff_t channels = 1; channels < 160; channels += 21) {
    ptrdiff_t x_tap[11], w_tap[11];
    for (int t = 0; t < 11; t++) {
      x_tap[t] = (t / 4 * 9 + t % 4) * channels;
      w_tap[t] = t * channels;
    }
    const struct hebb_epilogue epilogue = {.bias = tame + 7, .scale = tame + 300, .residual = tame + 900, .relu = 1};
    const struct hebb_depthwise d = {.x = tame, .channels = channels, .pixels = 7, .x_step = 2 * channels,
                                     .y_step = channels + 1, .taps = 11, .x_tap = x_tap, .w_tap = w_tap};
    kernels->run(&d, tame + 5000, fresh(), NULL);
    take(out, 7 * (channels + 1));
    kernels->run(&d, tame + 5000, fresh(), &epilogue);
    take(out, 7 * (channels + 1));
    kernels->add_weight_gradient(&d, tame + 7000, fresh());
    take(out, 11 * channels + 16);
    kernels->repeat(tame, channels, 3, fresh());
    kernels->fold(tame, channels, 3, out + 3 * channels);
    take(out, 4 * channels + 16);
  }
  tell("depthwise", "runs", 0);
}

void tell_convolutions(int isa) {
  tell_pooling(isa);
  tell_product(isa);
  tell_winograd(isa);
  tell_depthwise(isa);
}
