"""Writes array_kernels.txt: what PyTorch gives, in float64, for norms, cross-entropy, pooling and optimisers.

Each line is a name, a colon and numbers. Run: python array_kernels.py
"""
import math
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
out = open("array_kernels.txt", "w")


def wave(*shape, phase=0.0):
    """Numbers that the Swift side can make too: a linear congruence, mapped to −2 … 2."""
    n = math.prod(shape)
    values, state = [], int(1000 * phase) + 12345
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2147483648
        values.append(state / 2147483648 * 4 - 2)
    return torch.tensor(values).reshape(shape)


def put(name, *tensors):
    for i, t in enumerate(tensors):
        out.write(f"{name}.{i}: " + " ".join(repr(float(x)) for x in t.detach().flatten()) + "\n")


def leaf(t):
    return t.clone().requires_grad_(True)


# Batch normalisation of [20, 6] with ReLU, layer norm [7, 19], group norm [2, 5, 6] with 3 groups (channels last).
x, g, b, dy = leaf(wave(20, 6)), leaf(wave(6, phase=1)), leaf(wave(6, phase=2)), wave(20, 6, phase=3)
y = F.relu(F.batch_norm(x, None, None, g, b, training=True, eps=1e-5))
y.backward(dy)
put("batch", y, x.grad, g.grad, b.grad)

x, g, b, dy = leaf(wave(7, 19)), leaf(wave(19, phase=1)), leaf(wave(19, phase=2)), wave(7, 19, phase=3)
y = F.layer_norm(x, (19,), g, b, eps=1e-5)
y.backward(dy)
put("layer", y, x.grad, g.grad, b.grad)

x, g, b, dy = leaf(wave(2, 5, 6)), leaf(wave(6, phase=1)), leaf(wave(6, phase=2)), wave(2, 5, 6, phase=3)
y = F.group_norm(x.transpose(1, 2), 3, g, b, eps=1e-5).transpose(1, 2)
y.backward(dy)
put("group", y, x.grad, g.grad, b.grad)

# Cross-entropy of [9, 21]: labels are (5 i) mod 21; one ignored row where told.
labels = torch.tensor([5 * i % 21 for i in range(9)])
ignored = labels.clone()
ignored[2] = -100
weights = wave(21, phase=4).abs() + 0.1
target = torch.softmax(wave(9, 21, phase=5), 1)
put("target", target)
for name, t, options in [
    ("plain", labels, {}),
    ("sum", labels, {"reduction": "sum"}),
    ("none", labels, {"reduction": "none"}),
    ("smooth", labels, {"label_smoothing": 0.1}),
    ("weighted", labels, {"weight": weights}),
    ("all", ignored, {"weight": weights, "label_smoothing": 0.2}),
    ("probabilities", target, {}),
    ("probabilitiesAll", target, {"weight": weights, "label_smoothing": 0.2}),
]:
    x = leaf(wave(9, 21, phase=6) * 3)
    loss = F.cross_entropy(x, t, **options)
    loss.sum().backward()
    put("entropy." + name, loss, x.grad)

# Pooling of [2, 7, 6, 3] (channels last).
for name, f in [
    ("max", lambda v: F.max_pool2d(v, 3, 2, 1)),
    ("mean", lambda v: F.avg_pool2d(v, 3, 2, 1)),
    ("meanInside", lambda v: F.avg_pool2d(v, 3, 2, 1, count_include_pad=False)),
    ("adaptiveMax", lambda v: F.adaptive_max_pool2d(v, (3, 4))),
    ("adaptiveMean", lambda v: F.adaptive_avg_pool2d(v, (3, 4))),
]:
    x = leaf(wave(2, 7, 6, 3))
    y = f(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
    y.backward(wave(*y.shape, phase=7))
    put("pool." + name, y, x.grad)


# Twenty steps of each optimiser on 19 weights; the gradient of step t is w · 0.3 + wave(19, phase = 10 + t).
class Lion(torch.optim.Optimizer):
    """As in the paper, arXiv:2302.06675, algorithm 2."""

    def __init__(self, params, lr, betas, weight_decay):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            b1, b2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.sub_(group["lr"] * torch.sign(b1 * m + (1 - b1) * p.grad))
                m.mul_(b2).add_(p.grad, alpha=1 - b2)


O = torch.optim
for name, make in [
    ("sgd", lambda p: O.SGD(p, lr=0.1, weight_decay=0.01)),
    ("momentum", lambda p: O.SGD(p, lr=0.1, momentum=0.9)),
    ("nesterov", lambda p: O.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
    ("adagrad", lambda p: O.Adagrad(p, lr=0.1, lr_decay=0.05)),
    ("rmsprop", lambda p: O.RMSprop(p, lr=0.01)),
    ("rmspropMomentum", lambda p: O.RMSprop(p, lr=0.01, momentum=0.9)),
    ("rmspropCentered", lambda p: O.RMSprop(p, lr=0.01, centered=True)),
    ("rmspropBoth", lambda p: O.RMSprop(p, lr=0.01, centered=True, momentum=0.9, weight_decay=0.01)),
    ("adadelta", lambda p: O.Adadelta(p, lr=1.0)),
    ("adam", lambda p: O.Adam(p, lr=0.01, weight_decay=0.01)),
    ("adamw", lambda p: O.AdamW(p, lr=0.01, weight_decay=0.1)),
    ("nadam", lambda p: O.NAdam(p, lr=0.01)),
    ("nadamw", lambda p: O.NAdam(p, lr=0.01, weight_decay=0.1, decoupled_weight_decay=True)),
    ("lion", lambda p: Lion(p, 0.01, (0.9, 0.99), 0.1)),
]:
    w = leaf(wave(19))
    optimizer = make([w])
    for t in range(20):
        w.grad = 0.3 * w.detach() + wave(19, phase=10 + t)
        optimizer.step()
    put("optimizer." + name, w)
