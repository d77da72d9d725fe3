#include "ocr_models.h"

// #embed is part of C23; clang has it for every standard.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char latin[] = {
#embed "latin.safetensors"
};

static const unsigned char digits[] = {
#embed "digits.safetensors"
};

static const unsigned char zh[] = {
#embed "zh.safetensors"
};

static const hebb_ocr_model models[] = {
    {"latin", latin, sizeof latin},
    {"zh", zh, sizeof zh},
    {"digits", digits, sizeof digits},
};

size_t hebb_ocr_model_count(void) { return sizeof models / sizeof models[0]; }

hebb_ocr_model hebb_ocr_model_at(size_t index) { return models[index]; }
