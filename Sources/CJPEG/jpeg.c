#include "hebb_jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

struct failure {
  struct jpeg_error_mgr manager;  // first: libjpeg knows no other part
  jmp_buf escape;
  char *message;
};

static void leave(j_common_ptr info) {
  struct failure *failure = (struct failure *)info->err;
  info->err->format_message(info, failure->message);
  longjmp(failure->escape, 1);
}

/// Damaged data make libjpeg warn and go on with grey; a data set wants to know. Traces (level 0 and up) say nothing.
static void warn(j_common_ptr info, int level) {
  if (level < 0) leave(info);
}

static struct jpeg_error_mgr *errors(struct failure *failure, char *message) {
  failure->message = message;
  jpeg_std_error(&failure->manager);
  failure->manager.error_exit = leave;
  failure->manager.emit_message = warn;
  return &failure->manager;
}

static int begin(struct jpeg_decompress_struct *info, const unsigned char *bytes, size_t count) {
  jpeg_create_decompress(info);
  jpeg_mem_src(info, (unsigned char *)bytes, count);
  jpeg_read_header(info, TRUE);
  info->out_color_space = info->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  // The slow integer transform: the same pixels from every version of the library.
  info->dct_method = JDCT_ISLOW;
  return info->num_components == 1 ? 1 : 3;
}

int hebb_jpeg_size(const unsigned char *bytes, size_t count, int *height, int *width, int *channels, char *message) {
  struct jpeg_decompress_struct info = {0};
  struct failure failure;
  info.err = errors(&failure, message);
  if (setjmp(failure.escape)) {
    jpeg_destroy_decompress(&info);
    return 1;
  }
  *channels = begin(&info, bytes, count);
  if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) {
    snprintf(message, HEBB_JPEG_MESSAGE, "its colours are cyan, magenta, yellow and black, made for printing");
    jpeg_destroy_decompress(&info);
    return HEBB_JPEG_PRINT;
  }
  *height = (int)info.image_height;
  *width = (int)info.image_width;
  jpeg_destroy_decompress(&info);
  return 0;
}

int hebb_jpeg_decode(
    const unsigned char *bytes, size_t count, unsigned char *pixels, int height, int width, int channels, char *message) {
  struct jpeg_decompress_struct info = {0};
  struct failure failure;
  info.err = errors(&failure, message);
  if (setjmp(failure.escape)) {
    jpeg_destroy_decompress(&info);
    return 1;
  }
  int found = begin(&info, bytes, count);
  if (found != channels || (int)info.image_height != height || (int)info.image_width != width) {
    snprintf(message, HEBB_JPEG_MESSAGE, "its size changed between two looks");
    jpeg_destroy_decompress(&info);
    return 1;
  }
  jpeg_start_decompress(&info);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = pixels + (size_t)info.output_scanline * (size_t)width * (size_t)channels;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return 0;
}

int hebb_jpeg_encode(
    const unsigned char *pixels, int height, int width, int channels, int quality, unsigned char **bytes, size_t *count,
    char *message) {
  struct jpeg_compress_struct info = {0};
  struct failure failure;
  unsigned long size = 0;
  *bytes = NULL;
  info.err = errors(&failure, message);
  if (setjmp(failure.escape)) {
    // The library owns the memory until it has finished, and does not say where it is: a failure leaks it.
    jpeg_destroy_compress(&info);
    *bytes = NULL;
    return 1;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, bytes, &size);
  info.image_height = (JDIMENSION)height;
  info.image_width = (JDIMENSION)width;
  info.input_components = channels;
  info.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.dct_method = JDCT_ISLOW;
  info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)pixels + (size_t)info.next_scanline * (size_t)width * (size_t)channels;
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  *count = size;
  return 0;
}

void hebb_jpeg_release(unsigned char *bytes) { free(bytes); }
