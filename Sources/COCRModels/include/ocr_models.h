#pragma once
#include <stddef.h>

/// A model of the OCR engine that is part of the program: a safetensors file.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} hebb_ocr_model;

/// How many there are, and each.
size_t hebb_ocr_model_count(void);
hebb_ocr_model hebb_ocr_model_at(size_t index);
