"""Writes lines.safetensors: what PyTorch gives, in float64, for networks that read lines.

crnn: Shi et al.'s network, eight times narrower; compact: five normalised convolutions and a GRU. Logits in inference, and the CTC loss
with gradients of two weights. attention: the same convolutions, an LSTM, and a GRU that looks at the line before each character (Bahdanau):
logits behind a text, cross-entropy, and gradients of every weight. Names are those of our networks, layouts PyTorch's. Run: python lines.py (PyTorch 2.13,
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


class Attention(nn.Module):
    def __init__(self, channels, units, features, state, hidden, classes):
        super().__init__()
        self.blocks = compact(channels, units, classes).blocks
        self.reader = nn.LSTM(channels[-1], units, bidirectional=True, batch_first=True)
        self.bridge = nn.Linear(2 * units, state)
        self.query = nn.Linear(state, hidden, bias=False)
        self.memory = nn.Linear(2 * units, hidden, bias=False)
        self.score = nn.Linear(hidden, 1, bias=False)
        self.table = nn.Embedding(classes, features)
        self.cell = nn.GRUCell(features + 2 * units, state)
        self.readout = nn.Linear(state + 2 * units + features, features)
        self.output = nn.Linear(features, classes)

    def forward(self, x, text):
        for block in self.blocks:
            x = block(x)
        memory, (last, _) = self.reader(x.squeeze(2).permute(0, 2, 1))
        h = torch.tanh(self.bridge(torch.cat([last[0], last[1]], 1)))
        logits = []
        for t in range(text.shape[1]):
            scores = self.score(torch.tanh(self.query(h).unsqueeze(1) + self.memory(memory)))
            context = (torch.softmax(scores, 1) * memory).sum(1)
            word = self.table(text[:, t])
            h = self.cell(torch.cat([word, context], 1), h)
            logits.append(self.output(torch.tanh(self.readout(torch.cat([h, context, word], 1)))))
        return torch.stack(logits, 1)


def recurrent(ours, cell, end, sums, get):
    """A recurrent layer by our names: gates as they come, one bias; a GRU's candidate keeps its second bias."""
    size = cell.hidden_size
    found = {"inputWeight": get(getattr(cell, "weight_ih" + end)).T, "stateWeight": get(getattr(cell, "weight_hh" + end)).T}
    b, c = get(getattr(cell, "bias_ih" + end)), get(getattr(cell, "bias_hh" + end))
    if sums:
        found["bias"] = b + c
    else:
        found["bias"] = torch.cat([b[:2 * size] + c[:2 * size], b[2 * size:]])
        found["candidateBias"] = c[2 * size:]
    return {f"{ours}.{key}": value for key, value in found.items()}


def named(model, get):
    """Weights by our names, in our layouts."""
    found = {}
    for index, block in enumerate(model.blocks):
        found[f"blocks.{index}.0.weight"] = get(block[0].weight).permute(2, 3, 1, 0)
        found[f"blocks.{index}.1.scale"] = get(block[1].weight)
        found[f"blocks.{index}.1.shift"] = get(block[1].bias)
    for way, end in (("forward", "_l0"), ("backward", "_l0_reverse")):
        found |= recurrent(f"reader.{way}", model.reader, end, True, get)
    found |= recurrent("decoder", model.cell, "", False, get)
    for ours, layer in [("bridge", model.bridge), ("attention.query", model.query), ("attention.memory", model.memory),
                        ("attention.score", model.score), ("readout", model.readout), ("output", model.output)]:
        found[ours + ".weight"] = get(layer.weight).T
        if layer.bias is not None:
            found[ours + ".bias"] = get(layer.bias)
    found["targetEmbedding.weight"] = get(model.table.weight)
    return found


torch.manual_seed(7)
model = Attention([2, 3, 4, 5, 6], 4, 3, 5, 4, 6)
for module in model.modules():
    if isinstance(module, nn.BatchNorm2d):
        module.running_mean.uniform_(-0.2, 0.2)
        module.running_var.uniform_(0.5, 1.5)
        module.weight.data.uniform_(0.5, 1.5)
        module.bias.data.uniform_(-0.2, 0.2)
model.eval()
x = torch.rand(2, 1, 32, 24)
y = model(x, torch.tensor([[0, 1, 2, 2], [0, 4, 3, 0]]))
loss = F.cross_entropy(y.flatten(0, 1), torch.tensor([1, 2, 2, 0, 4, 3, 0, -1]), ignore_index=-1)
loss.backward()
table.update({f"attention.value.{key}": value for key, value in named(model, lambda p: p.data).items()})
for index, block in enumerate(model.blocks):
    table[f"attention.value.blocks.{index}.1.mean"] = block[1].running_mean
    table[f"attention.value.blocks.{index}.1.variance"] = block[1].running_var
gradients = named(model, lambda p: p.grad)
# Of two biases that are summed each has the whole gradient, and so has the sum.
for key in [key for key in gradients if key.endswith("ward.bias")]:
    gradients[key] = gradients[key] / 2
gradients["decoder.bias"] = model.cell.bias_ih.grad
table.update({f"attention.gradient.{key}": value for key, value in gradients.items()})
table["attention.x"] = x.permute(0, 2, 3, 1).contiguous()
table["attention.y"] = y.detach()
table["attention.loss"] = loss.detach().reshape(1)
save_file({key: value.detach().contiguous() for key, value in table.items()}, "lines.safetensors")
