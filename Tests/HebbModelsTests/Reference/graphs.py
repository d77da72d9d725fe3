"""Writes graphs.safetensors: what PyTorch gives, in float64 and with dense matrices, for DCRNN and T-GCN.

DCRNN: an encoder and a decoder of two DCGRU layers over five nodes, one of them without edges; T-GCN: one layer. Weights
are named and laid out as ours. Run: python graphs.py (PyTorch 2.13, safetensors).
"""
import torch
from safetensors.torch import save_file

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
N, U, I, T, H, B = 5, 4, 2, 3, 2, 2
table = {}
edges = torch.tensor([[0, 1], [1, 2], [2, 0], [1, 3], [3, 3], [0, 2]])
weights = torch.tensor([1.0, 0.5, 2.0, 0.25, 1.0, 0.75])
A = torch.zeros(N, N)
A[edges[:, 0], edges[:, 1]] = weights
table["edges"], table["weights"] = edges.int(), weights.float()


def walk(a):
    d = a.sum(1, keepdim=True)
    return torch.where(d > 0, a / d, torch.zeros_like(a))


P = [walk(A), walk(A.T)]
S = A + torch.eye(N)
D = S.sum(1).rsqrt()
L = D[:, None] * S * D[None]


def diffuse(x):
    terms = [x]
    for p in P:
        one = p @ x
        terms += [one, 2 * p @ one - x]
    return torch.cat(terms, -1)


def cell(w, name, terms, x, h):
    g = torch.sigmoid(terms(torch.cat([x, h], -1)) @ w[name + "gateWeight"] + w[name + "gateBias"])
    r, z = g.chunk(2, -1)
    n = torch.tanh(terms(torch.cat([x, r * h], -1)) @ w[name + "candidateWeight"] + w[name + "candidateBias"])
    return z * h + (1 - z) * n


def draw(name, shapes):
    values = {key: (0.4 * torch.randn(*shape)).requires_grad_() for key, shape in shapes.items()}
    table.update({f"{name}.{key}": value.detach() for key, value in values.items()})
    return values


def layer(name, inputs, terms):
    rows = terms * (inputs + U)
    return {name + "gateWeight": (rows, 2 * U), name + "gateBias": (2 * U,), name + "candidateWeight": (rows, U),
            name + "candidateBias": (U,)}


def finish(name, w, x, y, target):
    seen = ~target.isnan() & (target != 0)
    loss = (y - target).abs()[seen].mean()
    names = list(w)
    gradients = torch.autograd.grad(loss, [x] + [w[key] for key in names])
    table.update({f"{name}.x": x.detach(), f"{name}.y": y.detach(), f"{name}.target": target.clone(), f"{name}.loss": loss.detach()[None]})
    table[f"{name}.dx"] = gradients[0]
    table.update({f"{name}.gradient.{key}": g for key, g in zip(names, gradients[1:])})


x = torch.randn(B, T, N, I, requires_grad=True)
target = torch.randn(B, H, N, 1)
target[0, 0, 1], target[1, 1, 3], target[0, 1, 2] = torch.nan, 0, torch.nan
w = draw("dcrnn", {**layer("encoder.0.", I, 5), **layer("encoder.1.", U, 5), **layer("decoder.0.", 1, 5),
                   **layer("decoder.1.", U, 5), "output.weight": (U, 1), "output.bias": (1,)})
h = [torch.zeros(B, N, U), torch.zeros(B, N, U)]
for t in range(T):
    h[0] = cell(w, "encoder.0.", diffuse, x[:, t], h[0])
    h[1] = cell(w, "encoder.1.", diffuse, h[0], h[1])
last, out = torch.zeros(B, N, 1), []
for t in range(H):
    h[0] = cell(w, "decoder.0.", diffuse, last, h[0])
    h[1] = cell(w, "decoder.1.", diffuse, h[0], h[1])
    last = h[1] @ w["output.weight"] + w["output.bias"]
    out.append(last)
finish("dcrnn", w, x, torch.stack(out, 1), target)

x = torch.randn(B, T, N, I, requires_grad=True)
w = draw("tgcn", {**layer("encoder.", I, 1), "output.weight": (U, H), "output.bias": (H,)})
h = torch.zeros(B, N, U)
for t in range(T):
    h = cell(w, "encoder.", lambda v: L @ v, x[:, t], h)
y = (h @ w["output.weight"] + w["output.bias"]).transpose(1, 2)[..., None]
finish("tgcn", w, x, y, target)
save_file({key: value.contiguous() for key, value in table.items()}, "graphs.safetensors")
