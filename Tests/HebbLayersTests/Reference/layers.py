"""Writes layers.safetensors: what PyTorch computes, in float64, for one small case of each layer and loss.

    python3 layers.py

For a case NAME: NAME.x and NAME.y are input and output in Hebb's layout (channels last), NAME.dy the output's gradient,
NAME.dx the input's; NAME.value.* is the state dict before the pass; NAME.gradient.* the parameters' gradients, and the
running statistics after the pass. For a loss: x, target, the loss y and the gradient dx.
"""

import pathlib

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
out = {}


def last(t):
    """Channels last."""
    return t.movedim(1, -1).contiguous() if t.dim() > 2 else t.contiguous()


def layer(name, module, x, train=True, swap=True):
    to = last if swap else (lambda t: t.contiguous())
    module.train(train)
    for key, parameter in module.named_parameters():
        if key.endswith("bias") or parameter.dim() == 1:
            parameter.data += 0.3 * torch.randn_like(parameter)
    for key, buffer in module.named_buffers():
        if key.endswith("running_mean"):
            buffer += 0.2 * torch.randn_like(buffer)
        if key.endswith("running_var"):
            buffer += torch.rand_like(buffer)
    keep = lambda key: not key.endswith("num_batches_tracked")
    for key, value in module.state_dict().items():
        if keep(key):
            out[f"{name}.value.{key}"] = value.clone()
    if x.is_floating_point():
        x = x.clone().requires_grad_()
    y = module(x)
    dy = torch.randn_like(y)
    y.backward(dy)
    out[f"{name}.x"] = to(x.detach()) if x.is_floating_point() else x.to(torch.int32)
    out[f"{name}.y"], out[f"{name}.dy"] = to(y.detach()), to(dy)
    if x.is_floating_point():
        out[f"{name}.dx"] = to(x.grad)
    for key, parameter in module.named_parameters():
        out[f"{name}.gradient.{key}"] = parameter.grad.clone()
    for key, buffer in module.named_buffers():
        if keep(key):
            out[f"{name}.gradient.{key}"] = buffer.clone()


def plain(name, function, x):
    class Module(nn.Module):
        def forward(self, x):
            return function(x)

    layer(name, Module(), x, swap=False)


def loss(name, function, x, target):
    x = x.clone().requires_grad_()
    y = function(x, target)
    y.backward()
    out[f"loss.{name}.x"], out[f"loss.{name}.dx"] = x.detach(), x.grad
    out[f"loss.{name}.y"] = y.detach()
    out[f"loss.{name}.target"] = target if target.is_floating_point() else target.to(torch.int32)


r = torch.randn
picture = r(2, 4, 4, 5)

layer("linear", nn.Linear(4, 3), r(2, 3, 4), swap=False)
layer("linearWithoutBias", nn.Linear(4, 3, bias=False), r(5, 4))
layer("conv1D", nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2), r(2, 4, 9))
layer("conv2D", nn.Conv2d(4, 3, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2)), picture)
layer("conv2DSame", nn.Conv2d(4, 3, 3, padding="same"), picture)
layer("conv2DGroups", nn.Conv2d(4, 6, 3, padding=1, groups=2), picture)
layer("depthwise", nn.Conv2d(4, 4, 3, padding=1, groups=4), picture)
layer("convTranspose2D", nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1), r(2, 4, 3, 4))
layer("convTranspose2DGroups", nn.ConvTranspose2d(4, 6, (2, 3), stride=(1, 2), dilation=2, groups=2), r(1, 4, 3, 3))
layer("maxPool2D", nn.MaxPool2d(3, stride=2, padding=1), picture)
layer("averagePool2D", nn.AvgPool2d((3, 2), stride=2, padding=1), picture)
layer("adaptiveMaxPool2D", nn.AdaptiveMaxPool2d((3, 4)), picture)
layer("adaptiveAveragePool2D", nn.AdaptiveAvgPool2d((3, 4)), picture)
layer("globalMaxPool2D", nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten()), picture)
layer("globalAveragePool2D", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), picture)
layer("maxPool1D", nn.MaxPool1d(3, stride=2, padding=1), r(2, 3, 8))
layer("averagePool1D", nn.AvgPool1d(2), r(2, 3, 8))
layer("flattened", nn.Sequential(nn.Flatten(), nn.Linear(24, 3)), r(2, 2, 3, 4))
layer("batchNorm", nn.BatchNorm2d(4), picture)
layer("batchNormVector", nn.BatchNorm1d(4), r(5, 4))
layer("batchNormInference", nn.BatchNorm2d(4), picture, train=False)
layer("layerNorm", nn.LayerNorm(7), r(2, 3, 7), swap=False)
layer("groupNorm", nn.GroupNorm(2, 4), picture)
layer("embedding", nn.Embedding(5, 3), torch.tensor([[0, 4, 2], [2, 2, 1]]), swap=False)


class Block(nn.Module):
    def __init__(self, bias):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(4, 3, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(),
            nn.Conv2d(3, 3, 3, padding=1, bias=bias), nn.BatchNorm2d(3))
        self.shortcut = nn.Sequential(nn.Conv2d(4, 3, 1, stride=2, bias=False), nn.BatchNorm2d(3))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


layer("residual", Block(bias=False), picture)  # behind a bias the batch statistics cancel it
layer("residualInference", Block(bias=True), picture, train=False)

x = 2 * r(3, 8)
plain("relu", F.relu, x)
plain("leakyReLU", lambda x: F.leaky_relu(x, 0.2), x)
plain("elu", lambda x: F.elu(x, 1.5), x)
plain("selu", F.selu, x)
plain("gelu", F.gelu, x)
plain("geluTanh", lambda x: F.gelu(x, approximate="tanh"), x)
plain("silu", F.silu, x)
plain("sigmoid", torch.sigmoid, x)
plain("hardSigmoid", lambda x: torch.clamp(x / 6 + 0.5, 0, 1), 2 * x)  # F.hardsigmoid takes 1/6 in float32
plain("tanh", torch.tanh, x)
plain("softplus", F.softplus, x)
plain("softmax", lambda x: F.softmax(x, -1), x)
plain("logSoftmax", lambda x: F.log_softmax(x, -1), x)
plain("maxout", lambda x: x.reshape(3, 4, 2).amax(-1), x)
layer("prelu", nn.PReLU(8), x)
layer("preluSingle", nn.PReLU(), x)

p, t = r(4, 5), r(4, 5)
labels, weights = torch.tensor([1, 4, 0, 2]), torch.tensor([0.5, 1.0, 2.0, 0.25, 1.5])
yes = torch.tensor([0.0, 1.0, 1.0, 0.0, 0.3]).repeat(4, 1)
loss("meanSquaredError", F.mse_loss, p, t)
loss("meanAbsoluteError", F.l1_loss, p, t)
loss("huber", lambda x, t: F.huber_loss(x, t, delta=0.7), p, t)
loss("crossEntropy", F.cross_entropy, p, labels)
loss("crossEntropyOfSequences", lambda x, t: F.cross_entropy(x.flatten(0, 1), t.flatten()), r(2, 3, 5), torch.tensor([[1, 0, 4], [2, 2, 3]]))
loss("crossEntropySmoothed", lambda x, t: F.cross_entropy(x, t, label_smoothing=0.1), p, labels)
loss("crossEntropyWeighted", lambda x, t: F.cross_entropy(x, t, weights, label_smoothing=0.2, ignore_index=2), p, labels)
loss("crossEntropyOfProbabilities", lambda x, t: F.cross_entropy(x, t, weights, label_smoothing=0.1), p, F.softmax(t, -1))
loss("binaryCrossEntropy", F.binary_cross_entropy_with_logits, 3 * p, yes)
loss("binaryCrossEntropyWeighted", lambda x, t: F.binary_cross_entropy_with_logits(x, t, pos_weight=torch.tensor(2.5)), p, yes)
loss("binaryCrossEntropyOfProbabilities", F.binary_cross_entropy, torch.sigmoid(p), yes)
loss("hinge", lambda x, t: torch.clamp(1 - t * x, min=0).mean(), p, torch.sign(t))
loss("multiclassHinge", F.multi_margin_loss, p, labels)
loss("klDivergence", lambda x, t: F.kl_div(x, t, reduction="batchmean"), F.log_softmax(p, -1), torch.where(yes == 1, 0.0, F.softmax(t, -1)))
loss("cosine", lambda x, t: F.cosine_embedding_loss(x, t, torch.ones(4)), p, t)
loss("triplet", lambda x, t: F.triplet_margin_loss(x[:2], x[2:4], x[4:], margin=0.5), r(6, 5), t)

layer("globalMaxPool1D", nn.Sequential(nn.AdaptiveMaxPool1d(1), nn.Flatten()), r(2, 3, 8))
layer("globalAveragePool1D", nn.Sequential(nn.AdaptiveAvgPool1d(1), nn.Flatten()), r(2, 3, 8))

save_file({k: v.clone(memory_format=torch.contiguous_format) for k, v in out.items()}, pathlib.Path(__file__).with_name("layers.safetensors"))
