"""Writes recurrent.safetensors: what PyTorch computes, in float64, for recurrent layers.

    python3 recurrent.py

For a case NAME: NAME.value.* is the state dict; NAME.x, NAME.h0 (and c0) go in; NAME.y, NAME.h, NAME.c come out;
NAME.dy, NAME.dh, NAME.dc are their gradients, NAME.dx, NAME.dh0, NAME.dc0 those of what went in, NAME.gradient.* those of
the parameters. States are [layers * directions, batch, units], as PyTorch has them. Where a case has lengths, sequences are
packed, and NAME.lengths holds them.

PyTorch has two biases where one is enough, with the same gradient. Of bias_hh's gradient only the part of a GRU's candidate
is kept, the only one that is another than bias_ih's.
"""

import pathlib

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
out = {}


def case(name, module, batch=3, time=4, lengths=None):
    directions = 2 if module.bidirectional else 1
    is_lstm = isinstance(module, nn.LSTM)
    x = torch.randn(batch, time, module.input_size, requires_grad=True)
    size = module.proj_size or module.hidden_size
    h0 = torch.randn(module.num_layers * directions, batch, size, requires_grad=True)
    c0 = torch.randn(module.num_layers * directions, batch, module.hidden_size, requires_grad=True)
    state = (h0, c0) if is_lstm else h0
    if lengths is None:
        y, last = module(x, state)
    else:
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        y, last = module(packed, state)
        y, _ = pad_packed_sequence(y, batch_first=True, total_length=time)
        out[f"{name}.lengths"] = torch.tensor(lengths, dtype=torch.int32)
    h, c = last if is_lstm else (last, None)
    ends = {"y": y, "h": h} | ({"c": c} if is_lstm else {})
    begins = {"x": x, "h0": h0} | ({"c0": c0} if is_lstm else {})
    gradients = {key: torch.randn_like(value) for key, value in ends.items()}
    torch.autograd.backward(list(ends.values()), list(gradients.values()))
    for key, value in ends.items():
        out[f"{name}.{key}"], out[f"{name}.d{key}"] = value.detach(), gradients[key]
    for key, value in begins.items():
        out[f"{name}.{key}"], out[f"{name}.d{key}"] = value.detach(), value.grad
    for key, parameter in module.named_parameters():
        gradient = parameter.grad.clone()
        if key.startswith("bias_hh"):
            gradient[: 2 * module.hidden_size if isinstance(module, nn.GRU) else None] = 0
        out[f"{name}.value.{key}"], out[f"{name}.gradient.{key}"] = parameter.detach(), gradient


def make(kind, inputs, units, **options):
    return kind(inputs, units, batch_first=True, **options)


case("rnn", make(nn.RNN, 3, 5))
case("reluRNN", make(nn.RNN, 3, 5, nonlinearity="relu"))
case("lstm", make(nn.LSTM, 3, 5))
case("gru", make(nn.GRU, 3, 5))
case("projectedLSTM", make(nn.LSTM, 3, 6, proj_size=2))
case("lstmLengths", make(nn.LSTM, 3, 5), lengths=[2, 4, 1])
case("bidirectional", make(nn.LSTM, 3, 4, bidirectional=True))
case("bidirectionalLengths", make(nn.GRU, 3, 4, bidirectional=True), lengths=[2, 4, 1])
case("stacked", make(nn.LSTM, 3, 4, num_layers=2))
case("stackedBidirectional", make(nn.GRU, 3, 4, num_layers=2, bidirectional=True), lengths=[4, 2, 3])



def peephole(name, inputs, units, lengths, batch=3, time=4):
    """PyTorch has no such layer: the equations of Gers, Schraudolph and Schmidhuber, step by step, with our names."""
    shapes = {"inputWeight": (inputs, 4 * units), "stateWeight": (units, 4 * units), "bias": (4 * units,),
              "peephole": (3 * units,)}
    p = {key: torch.randn(shape, requires_grad=True) for key, shape in shapes.items()}
    x = torch.randn(batch, time, inputs, requires_grad=True)
    h0 = torch.randn(1, batch, units, requires_grad=True)
    c0 = torch.randn(1, batch, units, requires_grad=True)
    see_i, see_f, see_o = p["peephole"].split(units)
    h, c, rows = h0[0], c0[0], []
    for t in range(time):
        i, f, g, o = (x[:, t] @ p["inputWeight"] + h @ p["stateWeight"] + p["bias"]).split(units, dim=1)
        memory = torch.sigmoid(f + see_f * c) * c + torch.sigmoid(i + see_i * c) * torch.tanh(g)
        state = torch.sigmoid(o + see_o * memory) * torch.tanh(memory)
        runs = (t < torch.tensor(lengths))[:, None]
        h, c = torch.where(runs, state, h), torch.where(runs, memory, c)
        rows.append(torch.where(runs, state, torch.zeros(())))
    ends = {"y": torch.stack(rows, dim=1), "h": h[None], "c": c[None]}
    gradients = {key: torch.randn_like(value) for key, value in ends.items()}
    torch.autograd.backward(list(ends.values()), list(gradients.values()))
    out[f"{name}.lengths"] = torch.tensor(lengths, dtype=torch.int32)
    for key, value in ends.items():
        out[f"{name}.{key}"], out[f"{name}.d{key}"] = value.detach(), gradients[key]
    for key, value in {"x": x, "h0": h0, "c0": c0}.items():
        out[f"{name}.{key}"], out[f"{name}.d{key}"] = value.detach(), value.grad
    for key, value in p.items():
        out[f"{name}.value.{key}"], out[f"{name}.gradient.{key}"] = value.detach(), value.grad


peephole("peepholeLSTM", 3, 5, lengths=[4, 4, 4])
peephole("peepholeLSTMLengths", 3, 5, lengths=[2, 4, 1])

contiguous = {k: v.clone(memory_format=torch.contiguous_format) for k, v in out.items()}
save_file(contiguous, pathlib.Path(__file__).with_name("recurrent.safetensors"))
