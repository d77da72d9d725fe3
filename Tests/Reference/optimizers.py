"""Twenty float64 steps of each optimiser of PyTorch: one weight of three numbers, which decays, and a bias of two."""

import torch

torch.set_default_dtype(torch.float64)  # NAdam keeps a product of numbers in the default type
torch.manual_seed(1)
weight0 = torch.randn(3, dtype=torch.float64)
bias0 = torch.randn(2, dtype=torch.float64)
gradients = torch.randn(20, 5, dtype=torch.float64) * 2

o = torch.optim
cases = {
    "sgd": lambda p: o.SGD(p, lr=0.1),
    "momentum": lambda p: o.SGD(p, lr=0.1, momentum=0.9),
    "nesterov": lambda p: o.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "adagrad": lambda p: o.Adagrad(p, lr=0.1, lr_decay=0.01),
    "rmsProp": lambda p: o.RMSprop(p, lr=0.01),
    "rmsPropFull": lambda p: o.RMSprop(p, lr=0.01, momentum=0.8, centered=True),
    "adadelta": lambda p: o.Adadelta(p, lr=1.0),
    "adam": lambda p: o.Adam(p, lr=0.01),
    "adamW": lambda p: o.AdamW(p, lr=0.01),
    "nadam": lambda p: o.NAdam(p, lr=0.01),
}


def line(name, tensor):
    print(name, *(repr(x) for x in tensor.tolist()))


line("start", torch.cat([weight0, bias0]))
for g in gradients:
    line("gradient", g)
for name, make in cases.items():
    w, b = weight0.clone().requires_grad_(), bias0.clone().requires_grad_()
    groups = [{"params": [w], "weight_decay": 0.1}, {"params": [b], "weight_decay": 0.0}]
    optimizer = make(groups)
    for g in gradients:
        w.grad, b.grad = g[:3].clone(), g[3:].clone()
        optimizer.step()
        line(name, torch.cat([w, b]).detach())
