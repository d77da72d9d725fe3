"""Text classifiers and a tagger's scores in PyTorch, in float64: writes text.safetensors.

Weights are stored by our names and in our layouts, with what the networks give for three texts of 6, 2 and 1 words.
"""

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
TOKENS = torch.tensor([[3, 1, 6, 2, 2, 5], [4, 1, 0, 0, 0, 0], [6, 0, 0, 0, 0, 0]])
LENGTHS = [6, 2, 1]
CLASSES, FEATURES, UNITS, FILTERS = 3, 4, 5, 2
out = {}


def store(name, value):
    out[name] = value.detach().numpy().astype(np.float64).copy()


def embedding(prefix, count=7, features=FEATURES):
    layer = nn.Embedding(count, features)
    with torch.no_grad():
        layer.weight[0] = 0
    store(prefix + "weight", layer.weight)
    return layer


def linear(prefix, inputs, outputs, bias=True):
    layer = nn.Linear(inputs, outputs, bias=bias)
    store(prefix + "weight", layer.weight.T)
    if bias:
        store(prefix + "bias", layer.bias)
    return layer


def convolution(prefix, inputs, outputs, width):
    layer = nn.Conv1d(inputs, outputs, width, padding="same")
    store(prefix + "weight", layer.weight.permute(2, 1, 0))
    store(prefix + "bias", layer.bias)
    return layer


def lstm(prefix, inputs, units):
    layer = nn.LSTM(inputs, units, bidirectional=True, batch_first=True)
    for way, end in (("forward", ""), ("backward", "_reverse")):
        store(f"{prefix}{way}.inputWeight", getattr(layer, "weight_ih_l0" + end).T)
        store(f"{prefix}{way}.stateWeight", getattr(layer, "weight_hh_l0" + end).T)
        store(f"{prefix}{way}.bias", getattr(layer, "bias_ih_l0" + end) + getattr(layer, "bias_hh_l0" + end))
    return layer


def texts():
    return [(row, TOKENS[row, :length].unsqueeze(0)) for row, length in enumerate(LENGTHS)]


# Each text by itself, so that padding plays no part.
e, w = embedding("ngrams.embedding."), linear("ngrams.output.", FEATURES, CLASSES)
store("ngrams", torch.cat([w(e(x).mean(1)) for _, x in texts()]))

e = embedding("linear.weight.", features=CLASSES)
b = torch.randn(CLASSES)
store("linear.bias", b)
store("linear", torch.cat([e(x).sum(1) / x.shape[1] ** 0.5 + b for _, x in texts()]))

e = embedding("cnn.embedding.")
widths = [1, 2, 3, 4]
c = [convolution(f"cnn.convolutions.{i}.", FEATURES, FILTERS, k) for i, k in enumerate(widths)]
w = linear("cnn.output.", FILTERS * len(widths), CLASSES)
store("cnn", torch.cat([
    w(torch.cat([f(e(x).transpose(1, 2)).relu().amax(2) for f in c], 1)) for _, x in texts()]))

e, r = embedding("lstm.embedding."), lstm("lstm.encoder.", FEATURES, UNITS)
a, v = linear("lstm.attention.", 2 * UNITS, 2 * UNITS), linear("lstm.query.", 2 * UNITS, 1, bias=False)
w = linear("lstm.output.", 2 * UNITS, CLASSES)
logits = []
for _, x in texts():
    h = r(e(x))[0]
    logits.append(w((h * v(a(h).tanh()).softmax(1)).sum(1)))
store("lstm", torch.cat(logits))

# A tagger of words with a shape and four characters each.
shapes = torch.tensor([[1, 2, 1, 2, 1, 1], [2, 2, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]])
letters = (torch.arange(3 * 6 * 4).reshape(3, 6, 4) * 5 % 7) * (TOKENS > 0).unsqueeze(2)
store("words", torch.cat([TOKENS.unsqueeze(2), shapes.unsqueeze(2), letters], 2))
e, s = embedding("tagger.embeddings.0."), embedding("tagger.embeddings.1.", 3, 2)
le, lc = embedding("tagger.spelling.embedding.", 7, 3), convolution("tagger.spelling.convolution.", 3, 2, 3)
r, w = lstm("tagger.encoder.", FEATURES + 2 + 2, UNITS), linear("tagger.output.", 2 * UNITS, 5)
for name, shape in (("transitions", (5, 5)), ("start", (5,)), ("end", (5,))):
    store("tagger.chain." + name, torch.randn(shape))
scores = torch.zeros(3, 6, 5)
for row, length in enumerate(LENGTHS):
    spelt = lc(le(letters[row, :length]).transpose(1, 2)).relu().amax(2)
    x = torch.cat([e(TOKENS[row, :length]), s(shapes[row, :length]), spelt], 1)
    scores[row, :length] = w(r(x.unsqueeze(0))[0])[0]
store("tagger", scores)

save_file(out, "text.safetensors")
