"""Writes lines.safetensors: what PyTorch gives, in float64, for networks that read lines.

crnn: Shi et al.'s network, eight times narrower; compact: five normalised convolutions and a GRU. Logits in inference, and the CTC loss
with gradients of two weights. Names are those of our networks, layouts PyTorch's. Run: python lines.py (PyTorch 2.13,
safetensors).
"""
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

torch.set_default_dtype(torch.float64)
table = {}


class Named(nn.Module):
    def __init__(self, blocks, recurrent, features, classes):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.reader = recurrent
        self.output = nn.Linear(features, classes)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        x = x.squeeze(2).permute(0, 2, 1)
        return self.output(self.reader(x)[0])


def crnn(c, units, classes):
    def block(i, o, kernel=3, pad=1, norm=False, pool=None):
        layers = [nn.Conv2d(i, o, kernel, 1, pad)] + ([nn.BatchNorm2d(o)] if norm else []) + [nn.ReLU()]
        return nn.Sequential(*layers, *([pool] if pool else []))
    narrow = lambda: nn.MaxPool2d((2, 2), (2, 1), (0, 1))
    return Named([
        block(1, c, pool=nn.MaxPool2d(2)), block(c, 2 * c, pool=nn.MaxPool2d(2)), block(2 * c, 4 * c, norm=True),
        block(4 * c, 4 * c, pool=narrow()), block(4 * c, 8 * c, norm=True), block(8 * c, 8 * c, pool=narrow()),
        block(8 * c, 8 * c, 2, 0, True),
    ], nn.LSTM(8 * c, units, 2, bidirectional=True, batch_first=True), 2 * units, classes)


def compact(channels, units, classes):
    pools, blocks, i = [(2, 2), (2, 2), (2, 1), (2, 1), None], [], 1
    for o, pool in zip(channels, pools):
        kernel, pad = (3, 1) if pool else ((2, 3), (0, 1))
        layers = [nn.Conv2d(i, o, kernel, 1, pad, bias=False), nn.BatchNorm2d(o), nn.ReLU()]
        blocks.append(nn.Sequential(*layers, *([nn.MaxPool2d(pool)] if pool else [])))
        i = o
    return Named(blocks, nn.GRU(i, units, bidirectional=True, batch_first=True), 2 * units, classes)


for name, make, steps in [("crnn", lambda: crnn(2, 3, 5), 7), ("compact", lambda: compact([2, 3, 4, 5, 6], 4, 5), 6)]:
    torch.manual_seed(7)
    model = make()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.uniform_(-0.2, 0.2)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.uniform_(-0.2, 0.2)
    model.eval()
    x = torch.rand(2, 1, 32, 24)
    y = model(x)
    assert y.shape == (2, steps, 5)
    labels = torch.tensor([[1, 2, 2], [4, 3, 0]])
    loss = F.ctc_loss(y.log_softmax(-1).permute(1, 0, 2), labels, torch.tensor([steps, steps]), torch.tensor([3, 2]))
    loss.backward()
    table.update({f"{name}.value.{key}": value for key, value in model.state_dict().items() if "tracked" not in key})
    table[f"{name}.x"] = x.permute(0, 2, 3, 1).contiguous()
    table[f"{name}.y"] = y.detach()
    table[f"{name}.loss"] = loss.detach().reshape(1)
    table[f"{name}.first"] = model.blocks[0][0].weight.grad.permute(2, 3, 1, 0).contiguous()
    table[f"{name}.last"] = model.output.weight.grad.T.contiguous()
save_file({key: value.detach().contiguous() for key, value in table.items()}, "lines.safetensors")
