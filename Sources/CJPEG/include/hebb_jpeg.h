// JPEG through the distribution's libjpeg.
//
// libjpeg reports an error by a call that must not return. Swift cannot jump out of it, so this is C.
#ifndef HEBB_JPEG_H
#define HEBB_JPEG_H

#include <stddef.h>

enum { HEBB_JPEG_MESSAGE = 200 };  // bytes of an error's text: libjpeg's JMSG_LENGTH_MAX

enum { HEBB_JPEG_PRINT = 2 };  // the picture has the four colours of a printer, which are not turned into RGB

/// Reads the size and the number of channels (1 grey, 3 RGB) that a picture will have.
/// Returns 0, or 1 or HEBB_JPEG_PRINT with a message.
int hebb_jpeg_size(const unsigned char *bytes, size_t count, int *height, int *width, int *channels, char *message);

/// Decodes a picture whose size is known into height × width × channels bytes. Returns 0, or 1 with a message.
int hebb_jpeg_decode(
    const unsigned char *bytes, size_t count, unsigned char *pixels, int height, int width, int channels, char *message);

/// Encodes height × width × channels bytes, with chroma in full. The result is released with hebb_jpeg_release.
/// Returns 0, or 1 with a message.
int hebb_jpeg_encode(
    const unsigned char *pixels, int height, int width, int channels, int quality, unsigned char **bytes, size_t *count,
    char *message);

void hebb_jpeg_release(unsigned char *bytes);

#endif
