"""Writes sequence_losses.safetensors: losses of sequences in float64, from PyTorch.

    python3 sequence_losses.py

CTC is torch.nn.functional.ctc_loss behind a log-softmax. A conditional random field is written out: PyTorch adds up the
scores of all paths one by one, and its automatic differentiation gives the gradients.

For a case NAME: NAME.x are logits or emissions [batch, time, classes], NAME.labels int32, -1 behind the last; NAME.lengths
where sequences are shorter than the array; NAME.y a loss a sequence; NAME.dx the gradient of the sum of y times
1, 2, 3 …; for the field also transitions, start, end and their gradients.
"""

import itertools
import pathlib

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

torch.manual_seed(13)
torch.set_default_dtype(torch.float64)
out = {}


def integers(rows):
    width = max(map(len, rows))
    return torch.tensor([row + [-1] * (width - len(row)) for row in rows], dtype=torch.int32)


def keep(name, x, labels, lengths, y, **more):
    weights = torch.arange(1.0, len(y) + 1)
    (y * weights).sum().backward()
    out[f"{name}.x"], out[f"{name}.dx"], out[f"{name}.y"] = x.detach(), x.grad, y.detach()
    out[f"{name}.labels"], out[f"{name}.lengths"] = integers(labels), torch.tensor(lengths, dtype=torch.int32)
    for key, value in more.items():
        out[f"{name}.{key}"], out[f"{name}.d{key}"] = value.detach(), value.grad


def ctc(name, batch, time, classes, labels, lengths=None, blank=0, zero=False, scale=1.0):
    x = (scale * torch.randn(batch, time, classes)).requires_grad_()
    lengths = lengths or [time] * batch
    y = F.ctc_loss(
        x.log_softmax(-1).transpose(0, 1), torch.tensor(sum(labels, [])), torch.tensor(lengths),
        torch.tensor([len(row) for row in labels]), blank=blank, reduction="none", zero_infinity=zero)
    keep(name, x, labels, lengths, y)


def crf(name, batch, time, tags, lengths):
    x = torch.randn(batch, time, tags, requires_grad=True)
    transitions, start, end = (torch.randn(*s, requires_grad=True) for s in ((tags, tags), (tags,), (tags,)))
    labels = torch.randint(tags, (batch, time)).tolist()

    def score(row, path):
        steps = list(path)
        s = start[steps[0]] + end[steps[-1]] + sum(x[row, t, tag] for t, tag in enumerate(steps))
        return s + sum(transitions[i, j] for i, j in zip(steps, steps[1:]))

    losses = []
    for row, length in enumerate(lengths):
        paths = [score(row, p) for p in itertools.product(range(tags), repeat=length)]
        losses.append(torch.stack(paths).logsumexp(0) - score(row, labels[row][:length]))
    keep(name, x, labels, lengths, torch.stack(losses), transitions=transitions, start=start, end=end)
    best = []
    for row, length in enumerate(lengths):
        paths = list(itertools.product(range(tags), repeat=length))
        best.append(list(max(paths, key=lambda p: score(row, p).item())))
    out[f"{name}.best"] = integers(best)


ctc("ctc", 3, 7, 5, [[1, 2, 3], [4, 4], [2]])
ctc("ctcLengths", 4, 8, 4, [[1, 2], [3, 3, 1], [2], []], [5, 8, 1, 3])
ctc("ctcBlankLast", 2, 6, 4, [[0, 1, 0], [2, 2]], blank=3)
ctc("ctcImpossible", 3, 4, 4, [[1, 1, 2], [1, 2], [3, 3, 3]], [4, 4, 4], zero=True)
ctc("ctcSharp", 2, 12, 6, [[1, 2, 3, 4, 5], [5, 1]], scale=8.0)
ctc("ctcWide", 2, 24, 20, [[1, 2, 2, 3, 19, 7, 8, 9, 10], [4] * 9])
crf("crf", 3, 4, 3, [4, 4, 4])
crf("crfLengths", 4, 5, 3, [2, 5, 1, 3])
crf("crfWide", 2, 3, 18, [3, 2])

contiguous = {k: v.clone(memory_format=torch.contiguous_format) for k, v in out.items()}
save_file(contiguous, pathlib.Path(__file__).with_name("sequence_losses.safetensors"))
