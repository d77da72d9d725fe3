"""Writes ops.safetensors: what PyTorch gives, in float64, for every op: its value and the gradients of its inputs.

Names and shapes are those of the rows in the Swift files beside this folder. For op `name`, tensor `name` holds the value
and then the gradients, one behind the other. Pictures are [batch, height, width, channels] and kernels
[height, width, inputs / groups, outputs]. Run: python ops.py (PyTorch 2.13, safetensors).
"""
import math
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
table = {}


def wave(shape, phase):
    """Numbers that the Swift side can make too."""
    values, state = [], 1000 * phase + 12345
    for _ in range(math.prod(shape)):
        state = (state * 1103515245 + 12345) % 2147483648
        values.append(state / 2147483648 * 4 - 2)
    return torch.tensor(values).float().double().reshape(shape)


def row(name, shapes, op, positive=False):
    inputs = []
    for i, shape in enumerate(shapes):
        x = wave(shape, i)
        inputs.append(((x.abs() + 0.1).float().double() if positive else x).requires_grad_(True))
    y = op(*inputs)
    gradients = torch.autograd.grad(y, inputs, wave(y.shape, 9))
    assert name not in table
    table[name] = torch.cat([t.detach().reshape(-1) for t in (y, *gradients)])


# Arithmetic
row("add", [(3, 1, 5), (4, 1)], lambda a, b: a + b)
row("subtract", [(3, 1, 5), (4, 1)], lambda a, b: a - b)
row("multiply", [(3, 1, 5), (4, 1)], lambda a, b: a * b)
row("divide", [(3, 1, 5), (4, 1)], lambda a, b: a / b, positive=True)
row("maximum", [(3, 1, 5), (4, 1)], torch.maximum)
row("minimum", [(3, 1, 5), (4, 1)], torch.minimum)
row("negate", [(3, 7)], lambda x: -x)
row("numbers", [(3, 7)], lambda x: 1.5 - 2 / (3 * (0.25 + x) / 4 - 0.01), positive=True)
row("pow", [(3, 7)], lambda x: x**2.5, positive=True)
row("powWhole", [(3, 7)], lambda x: x**3)
row("powZero", [(3, 7)], lambda x: x**0)
row("squared", [(3, 7)], lambda x: x**2)
row("squareRoot", [(3, 7)], torch.sqrt, positive=True)
row("reciprocal", [(3, 7)], torch.reciprocal, positive=True)
row("abs", [(3, 7)], torch.abs)
row("clamped", [(3, 7)], lambda x: x.clamp(-0.5, 1))
row("exp", [(3, 7)], torch.exp)
row("expm1", [(3, 7)], torch.expm1)
row("log", [(3, 7)], torch.log, positive=True)
row("log1p", [(3, 7)], torch.log1p, positive=True)
row("sin", [(3, 7)], torch.sin)
row("cos", [(3, 7)], torch.cos)
row("erf", [(3, 7)], torch.erf)

# Activations
row("relu", [(3, 7)], F.relu)
row("leakyReLU", [(3, 7)], lambda x: F.leaky_relu(x, 0.2))
row("prelu", [(4, 6), (6,)], lambda x, a: F.prelu(x, a))
row("elu", [(3, 7)], F.elu)
row("eluAlpha", [(3, 7)], lambda x: F.elu(x, 0.5))
row("selu", [(3, 7)], F.selu)
row("gelu", [(3, 7)], lambda x: F.gelu(x * 3))
row("geluTanh", [(3, 7)], lambda x: F.gelu(x * 3, approximate="tanh"))
row("silu", [(3, 7)], lambda x: F.silu(x * 6))
row("sigmoid", [(3, 7)], torch.sigmoid)
row("hardSigmoid", [(3, 7)], lambda x: (x * 2.5 / 6 + 0.5).clamp(0, 1))
row("tanh", [(3, 7)], torch.tanh)
row("softplus", [(3, 7)], F.softplus)
row("softmax", [(3, 7)], lambda x: x.softmax(-1))
row("logSoftmax", [(3, 7)], lambda x: x.log_softmax(-1))
row("maxout", [(3, 8)], lambda x: x.reshape(3, 2, 4).amax(-1))

# Reductions
row("sum", [(3, 4, 5)], lambda x: x.sum())
row("sumAxes", [(3, 4, 5)], lambda x: x.sum((0, 2)))
row("sumKeeping", [(3, 4, 5)], lambda x: x.sum(1, keepdim=True))
row("mean", [(3, 4, 5)], lambda x: x.mean())
row("meanAxes", [(3, 4, 5)], lambda x: x.mean((0, 1)))
row("max", [(3, 4, 5)], lambda x: x.amax(1))
row("maxAxes", [(3, 4, 5)], lambda x: x.amax((0, 2), keepdim=True))
row("min", [(3, 4, 5)], lambda x: x.amin(-1))
row("variance", [(3, 4, 5)], lambda x: x.var((0, 2), correction=0))

# Structure
row("expanded", [(3, 4)], lambda x: x[:, None, :] * x[:, :, None])
row("squeezed", [(3, 1, 4)], lambda x: x.squeeze(1) ** 2)
row("reshaped", [(3, 4, 5)], lambda x: x.reshape(6, -1))
row("flattened", [(3, 4, 5)], lambda x: x.flatten(1))
row("transposed", [(3, 4, 5)], lambda x: x.transpose(-1, -2))
row("permuted", [(3, 4, 5, 2)], lambda x: x.permute(2, 0, 3, 1))
row("sliced", [(3, 9, 2)], lambda x: x[:, 1:8:3])
row("concatenated", [(3, 2, 2), (3, 1, 2), (3, 4, 2)], lambda *x: torch.cat(x, 1))
row("stacked", [(3, 4), (3, 4)], lambda *x: torch.stack(x, 1))
row("split", [(3, 6)], lambda x: x.split([1, 3, 2], 1)[1] * x.split([1, 3, 2], 1)[0])
row("padded", [(3, 4)], lambda x: F.pad(x, (2, 0, 1, 3), value=0.5))
row("flipped", [(3, 4, 2)], lambda x: x.flip(0, 1))
row("broadcast", [(3, 1, 2)], lambda x: x.expand(4, 3, 5, 2))
row("gatheredRows", [(5, 3)], lambda x: x[torch.tensor([[4, 0], [4, 2], [1, 4]])])
row("gatheredAlong", [(4, 3)], lambda x: x.gather(1, torch.tensor([[2], [0], [0], [1]]))[:, 0])
mask = wave((3, 4), 5) > 0
row("select", [(3, 4), (4,)], lambda a, b: torch.where(mask, a, b))

# Products
row("matmul", [(3, 4), (4, 5)], lambda a, b: a @ b)
row("matmulTransposed", [(3, 4), (5, 4)], lambda a, b: a @ b.T)
row("matmulRows", [(2, 3, 4), (4, 5)], lambda a, b: a @ b)
row("matmulRowsTransposed", [(2, 3, 4), (5, 4)], lambda a, b: a @ b.T)
row("matmulStack", [(2, 3, 3, 4), (2, 3, 4, 2)], lambda a, b: a @ b)
row("matmulStackTransposed", [(2, 3, 4), (2, 5, 4)], lambda a, b: a @ b.mT)
row("linear", [(2, 3, 4), (4, 5), (5,)], lambda x, w, b: x @ w + b)
row("linearTanh", [(2, 3, 4), (4, 5), (5,)], lambda x, w, b: torch.tanh(x @ w + b))
row("linearSigmoid", [(3, 4), (4, 5)], lambda x, w: torch.sigmoid(x @ w))
row("meanSquaredError", [(3, 4), (3, 4)], F.mse_loss)
row("linearReLU", [(3, 4), (4, 5), (5,)], lambda x, w, b: F.relu(x @ w + b))
row("linearPlain", [(3, 4), (4, 5)], lambda x, w: x @ w)


# Convolutions
def first(x):
    return x.permute(0, 3, 1, 2)


def last(x):
    return x.permute(0, 2, 3, 1)


def conv(x, w, b=None, pad=None, then=None, **options):
    x = first(x) if pad is None else F.pad(first(x), pad)
    y = last(F.conv2d(x, w.permute(3, 2, 0, 1), b, **options))
    return then(y) if then else y


def back(x, w, b=None, **options):
    return last(F.conv_transpose2d(first(x), w.permute(3, 2, 0, 1), b, **options))


row("convolved", [(2, 5, 6, 3), (3, 3, 3, 4), (4,)], lambda *t: conv(*t, padding=1))
row("convolvedReLU", [(2, 5, 6, 3), (3, 3, 3, 4), (4,)], lambda *t: conv(*t, padding=1, then=F.relu))
row("convolvedTanh", [(2, 5, 6, 3), (3, 3, 3, 4), (4,)], lambda *t: conv(*t, padding=1, then=torch.tanh))
row("convolvedStride", [(2, 8, 7, 2), (5, 3, 2, 3), (3,)], lambda *t: conv(*t, stride=(2, 3), padding=(2, 1)))
row("convolvedDilation", [(1, 9, 8, 2), (3, 2, 2, 3)], lambda *t: conv(*t, dilation=(2, 3), padding=(1, 2)))
row("convolvedGroups", [(2, 5, 5, 6), (3, 3, 3, 4), (4,)], lambda *t: conv(*t, padding=1, groups=2))
row("convolvedDepthwise", [(1, 6, 5, 5), (3, 3, 1, 5), (5,)], lambda *t: conv(*t, padding=1, stride=2, groups=5))
row("convolvedDepthwiseWide", [(1, 4, 3, 17), (3, 2, 1, 17), (17,)],
    lambda *t: conv(*t, padding=(2, 1), dilation=(2, 1), groups=17, then=F.relu))
row("convolvedMultiplied", [(1, 5, 5, 3), (3, 3, 1, 6)], lambda *t: conv(*t, groups=3))
row("convolvedPixelwise", [(2, 3, 4, 5), (1, 1, 5, 4), (4,)], conv)
row("convolvedUneven", [(2, 5, 6, 3), (2, 4, 3, 2)], lambda *t: conv(*t, pad=(1, 2, 0, 1)))
row("convolvedLine", [(2, 1, 9, 3), (1, 3, 3, 4), (4,)], lambda *t: conv(*t, padding=(0, 1), stride=(1, 2)))
row("transposedPlain", [(2, 4, 3, 3), (3, 3, 2, 3)], back)
row("transposedStride", [(2, 4, 3, 3), (4, 4, 2, 3), (2,)], lambda *t: back(*t, stride=2, padding=1))
row("transposedOutput", [(1, 3, 4, 2), (3, 3, 3, 2), (3,)], lambda *t: back(*t, stride=2, padding=1, output_padding=1))
row("transposedGroups", [(1, 3, 4, 4), (3, 3, 3, 4), (6,)], lambda *t: back(*t, stride=2, groups=2))
row("transposedDilation", [(1, 3, 4, 2), (3, 2, 2, 2)], lambda *t: back(*t, dilation=(2, 3), padding=(1, 0)))
row("transposedLine", [(2, 1, 5, 3), (1, 4, 2, 3), (2,)], lambda *t: back(*t, stride=(1, 2), padding=(0, 1)))

# Pooling
picture = [(2, 7, 6, 3)]
row("maxPooled", picture, lambda x: last(F.max_pool2d(first(x), 2)))
row("maxPooledPadded", picture, lambda x: last(F.max_pool2d(first(x), 3, 2, 1)))
row("maxPooledUneven", picture, lambda x: last(F.max_pool2d(first(x), (3, 2), (2, 1), (1, 0))))
row("averagePooled", picture, lambda x: last(F.avg_pool2d(first(x), 3, 2, 1)))
row("averagePooledInside", picture, lambda x: last(F.avg_pool2d(first(x), 3, 2, 1, count_include_pad=False)))
row("adaptiveAveragePooled", picture, lambda x: last(F.adaptive_avg_pool2d(first(x), (3, 4))))
row("adaptiveMaxPooled", picture, lambda x: last(F.adaptive_max_pool2d(first(x), (3, 4))))
row("globalAveragePooled", picture, lambda x: x.mean((1, 2)))
row("globalMaxPooled", picture, lambda x: x.amax((1, 2)))

# Normalisation
norm = [(4, 3, 2, 6), (6,), (6,)]
mean, variance = wave((6,), 5), wave((6,), 6).abs()


def batch(x, g, b):
    return last(F.batch_norm(first(x), None, None, g, b, training=True, eps=1e-3))


def fixed(x, g, b):
    return last(F.batch_norm(first(x), mean, variance, g, b, training=False, eps=1e-3))


row("batchNormalized", norm, batch)
row("batchNormalizedReLU", norm, lambda *t: F.relu(batch(*t)))
row("normalized", norm, fixed)
row("normalizedReLU", norm, lambda *t: F.relu(fixed(*t)))
row("layerNormalized", [(4, 3, 7), (7,), (7,)], lambda x, g, b: F.layer_norm(x, (7,), g, b, eps=1e-3))
row("groupNormalized", norm, lambda x, g, b: last(F.group_norm(first(x), 3, g, b, eps=1e-3)))

# Losses
labels = torch.tensor([5 * i % 7 for i in range(6)])
weights = wave((7,), 5).abs() + 0.1
target = wave((6, 7), 6).softmax(-1)
row("crossEntropy", [(6, 7)], lambda x: F.cross_entropy(x, labels))
row("crossEntropySequence", [(2, 3, 7)], lambda x: F.cross_entropy(x.reshape(6, 7), labels))
row("crossEntropySmooth", [(6, 7)], lambda x: F.cross_entropy(x, labels, label_smoothing=0.1))
row("crossEntropyWeighted", [(6, 7)], lambda x: F.cross_entropy(x, labels, weight=weights))
row("crossEntropyIgnoring", [(6, 7)], lambda x: F.cross_entropy(x, labels, ignore_index=3))
row("crossEntropyAll", [(6, 7)], lambda x: F.cross_entropy(x, labels, weights, ignore_index=3, label_smoothing=0.2))
row("crossEntropyProbabilities", [(6, 7)], lambda x: F.cross_entropy(x, target))
row("crossEntropyProbabilitiesAll", [(6, 7)], lambda x: F.cross_entropy(x, target, weights, label_smoothing=0.2))

# Terms of an evidence lower bound
row("binaryCrossEntropySum", [(3, 7)],
    lambda x: F.binary_cross_entropy_with_logits(x, wave((3, 7), 6).softmax(-1), reduction="sum"))
row("standardNormalDivergence", [(3, 4), (3, 4)], lambda m, s: -0.5 * (1 + s - m**2 - s.exp()).sum())
row("normalDraw", [(3, 4), (3, 4)], lambda m, s: m + wave((3, 4), 6) * (s / 2).exp())

save_file(table, "ops.safetensors", {"made with": "PyTorch " + torch.__version__})
