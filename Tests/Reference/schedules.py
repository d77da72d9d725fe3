"""Learning rates of PyTorch's schedulers, forty steps with a first rate of 1, and of its plateau over a list of losses."""

import torch
from torch.optim import lr_scheduler as s

cases = {
    "step": lambda o: s.StepLR(o, 7, 0.5),
    "multiStep": lambda o: s.MultiStepLR(o, [5, 12, 30], 0.1),
    "exponential": lambda o: s.ExponentialLR(o, 0.9),
    "cosine": lambda o: s.CosineAnnealingLR(o, 40, 0.1),
    "restarts": lambda o: s.CosineAnnealingWarmRestarts(o, 5, 2, 0.05),
    "oneCycle": lambda o: s.OneCycleLR(o, 1.0, total_steps=40),
    "warmUp": lambda o: s.LinearLR(o, 0.25, 1.0, 8),
}
losses = [5, 4, 3.5, 3.5, 3.6, 3.49999, 3.7, 3.0, 3.0, 3.1, 3.2, 3.3, 3.4, 3.5, 2.9, 3, 3, 3, 3, 3]


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)


for name, make in cases.items():
    o = optimizer()
    scheduler = make(o)
    rates = []
    for _ in range(40):
        rates.append(o.param_groups[0]["lr"])
        o.step()
        scheduler.step()
    print(name, *map(repr, rates))
o = optimizer()
plateau = s.ReduceLROnPlateau(o, factor=0.5, patience=2, cooldown=1)
rates = []
for loss in losses:
    plateau.step(loss)
    rates.append(o.param_groups[0]["lr"])
print("losses", *map(repr, losses))
print("plateau", *map(repr, rates))
