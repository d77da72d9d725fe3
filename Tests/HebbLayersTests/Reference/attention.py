"""Writes attention.safetensors: what PyTorch computes, in float64, for attention and what is made of it.

    python3 attention.py

For a case NAME: NAME.value.* is the state dict; NAME.x (and NAME.memory) go in, NAME.y comes out; NAME.dy is its gradient,
NAME.dx and NAME.dmemory those of what went in, NAME.gradient.* those of the parameters. NAME.mask and NAME.memoryMask are 1
for steps that may be seen.
"""

import pathlib

import torch
from safetensors.torch import save_file
from torch import nn

torch.manual_seed(17)
torch.set_default_dtype(torch.float64)
out = {}


def case(name, module, run, time=5, memory=None, features=6, lengths=None, memory_lengths=None, query=None):
    for key, parameter in module.named_parameters():
        if parameter.dim() == 1:
            parameter.data += 0.3 * torch.randn_like(parameter)
    shape = (3, time, features) if query is None else (3, query)
    inputs = {"x": torch.randn(*shape, requires_grad=True)}
    if memory:
        inputs["memory"] = torch.randn(3, memory, features, requires_grad=True)
    masks = {}
    for key, count, steps in (("mask", lengths, time), ("memoryMask", memory_lengths, memory)):
        if count:
            masks[key] = torch.arange(steps)[None] < torch.tensor(count)[:, None]
            out[f"{name}.{key}"] = masks[key].to(torch.int32)
    y = run(module, **inputs, **masks)
    dy = torch.randn_like(y)
    y.backward(dy)
    out[f"{name}.y"], out[f"{name}.dy"] = y.detach(), dy
    for key, value in inputs.items():
        out[f"{name}.{key}"], out[f"{name}.d{key}"] = value.detach(), value.grad
    for key, parameter in module.named_parameters():
        out[f"{name}.value.{key}"], out[f"{name}.gradient.{key}"] = parameter.detach(), parameter.grad


def hidden(mask):
    return None if mask is None else ~mask


def attend(causal=False):
    def run(m, x, memory=None, mask=None, memoryMask=None):
        source = x if memory is None else memory
        future = torch.triu(torch.ones(x.shape[1], x.shape[1], dtype=torch.bool), 1) if causal else None
        key_mask = hidden(mask if memory is None else memoryMask)
        return m(x, source, source, key_padding_mask=key_mask, attn_mask=future, need_weights=False)[0]
    return run


def encode(causal=False):
    def run(m, x, mask=None):
        future = torch.triu(torch.ones(x.shape[1], x.shape[1], dtype=torch.bool), 1) if causal else None
        return m(x, src_mask=future, src_key_padding_mask=hidden(mask))
    return run


def decode(m, x, memory, mask=None, memoryMask=None):
    future = torch.triu(torch.ones(x.shape[1], x.shape[1], dtype=torch.bool), 1)
    return m(x, memory, tgt_mask=future, tgt_key_padding_mask=hidden(mask), memory_key_padding_mask=hidden(memoryMask))


def block(kind, norm_first, activation):
    return kind(6, 2, 7, dropout=0, activation=activation, batch_first=True, norm_first=norm_first)


attention = lambda: nn.MultiheadAttention(6, 2, batch_first=True)
case("attention", attention(), attend())
case("attentionMask", attention(), attend(), lengths=[5, 2, 3])
case("attentionCausal", attention(), attend(True))
case("attentionCausalMask", attention(), attend(True), lengths=[5, 2, 3])
case("cross", attention(), attend(), memory=7)
case("crossMask", attention(), attend(), memory=7, memory_lengths=[1, 7, 4])
case("encoderBefore", block(nn.TransformerEncoderLayer, True, "gelu"), encode())
case("encoderAfter", block(nn.TransformerEncoderLayer, False, "relu"), encode(), lengths=[5, 2, 3])
case("encoderCausal", block(nn.TransformerEncoderLayer, True, "gelu"), encode(True))
case("decoderBefore", block(nn.TransformerDecoderLayer, True, "relu"), decode, memory=4, memory_lengths=[4, 2, 1])
case("decoderAfter", block(nn.TransformerDecoderLayer, False, "gelu"), decode, memory=4, lengths=[5, 4, 3])


class Additive(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.memory = nn.Linear(6, 4, bias=False), nn.Linear(6, 4, bias=False)
        self.score = nn.Linear(4, 1, bias=False)

    def forward(self, x, memory, memoryMask=None):
        s = self.score(torch.tanh(self.query(x)[:, None] + self.memory(memory)))[..., 0]
        s = s if memoryMask is None else s.masked_fill(~memoryMask, -torch.inf)
        return (s.softmax(-1)[:, None] @ memory)[:, 0]


class General(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Linear(6, 6, bias=False)

    def forward(self, x, memory, memoryMask=None):
        s = torch.einsum("bd,btd->bt", self.weight(x), memory)
        s = s if memoryMask is None else s.masked_fill(~memoryMask, -torch.inf)
        return (s.softmax(-1)[:, None] @ memory)[:, 0]


plain = lambda m, **given: m(**given)
case("additive", Additive(), plain, memory=5, query=6)
case("additiveMask", Additive(), plain, memory=5, query=6, memory_lengths=[5, 1, 3])
case("general", General(), plain, memory=5, query=6, memory_lengths=[5, 1, 3])


class Causal(nn.Module):
    def __init__(self, inputs, outputs, dilation):
        super().__init__()
        self.past, self.convolution = 2 * dilation, nn.Conv1d(inputs, outputs, 3, dilation=dilation)

    def forward(self, x):
        return self.convolution(nn.functional.pad(x.transpose(1, 2), (self.past, 0))).transpose(1, 2)


class Temporal(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.first, self.second = Causal(6, outputs, 2), Causal(outputs, outputs, 2)
        self.shortcut = nn.Conv1d(6, outputs, 1) if outputs != 6 else None

    def forward(self, x):
        y = self.second(self.first(x).relu()).relu()
        around = x if self.shortcut is None else self.shortcut(x.transpose(1, 2)).transpose(1, 2)
        return (around + y).relu()


case("causalConvolution", Causal(6, 4, 2), plain, time=7)
case("temporal", Temporal(6), plain, time=7)
case("temporalShortcut", Temporal(4), plain, time=7)


class Sinusoidal(nn.Module):
    def forward(self, x):
        t, i = torch.arange(x.shape[1])[:, None], torch.arange(0, x.shape[2], 2)
        angles = t / 10000 ** (i / x.shape[2])
        waves = torch.stack([angles.sin(), angles.cos()], -1).flatten(1)
        return x + waves[:, : x.shape[2]]


class Rotary(nn.Module):
    def forward(self, x, size=4):
        pairs = torch.view_as_complex(x.unflatten(2, (-1, size // 2, 2)))
        angles = torch.arange(x.shape[1])[:, None] * 10000 ** (-torch.arange(0, size, 2) / size)
        turned = pairs * torch.polar(torch.ones_like(angles), angles)[:, None]
        return torch.view_as_real(turned).flatten(2)


case("sinusoidal", Sinusoidal(), plain)
case("rotary", Rotary(), plain, features=8)

save_file({k: v.clone().contiguous() for k, v in out.items()}, pathlib.Path(__file__).with_name("attention.safetensors"))
