"""Writes generative.safetensors: what PyTorch, SciPy and scikit-image give for the networks that make pictures.

Weights are in our layouts: Linear [inputs, outputs], Conv2D [height, width, inputs, outputs], ConvTranspose2D
[height, width, outputs, inputs]; pictures [batch, height, width, channels]. Run: python generative.py (PyTorch 2.13,
SciPy 1.17, scikit-image 0.26, safetensors).
"""
import numpy as np
import torch
import torch.nn.functional as F
from scipy.linalg import sqrtm
from safetensors.numpy import save_file
from skimage import color

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(7)
table = {}


def draw(name, *shape, scale=1.0, low=None):
    x = rng.random(shape) if low is not None else rng.standard_normal(shape) * scale
    table[name] = x
    return torch.tensor(x, requires_grad=True)


# A conditional VAE: 6 numbers and 2 classes, 5 hidden units, 3 latent ones; β = 2.
shapes = {
    "encoder.0.weight": (8, 5), "encoder.0.bias": (5,), "mean.weight": (5, 3), "mean.bias": (3,),
    "logVariance.weight": (5, 3), "logVariance.bias": (3,), "decoder.0.weight": (5, 5), "decoder.0.bias": (5,),
    "decoder.2.weight": (5, 6), "decoder.2.bias": (6,),
}
p = {name: draw("vae." + name, *shape, scale=0.5) for name, shape in shapes.items()}
x, noise, labels = draw("vae.x", 4, 6, low=0), draw("vae.noise", 4, 3), torch.tensor([0, 1, 1, 0])
hot = F.one_hot(labels, 2).double()
h = F.relu(torch.cat([x, hot], 1) @ p["encoder.0.weight"] + p["encoder.0.bias"])
m, s = h @ p["mean.weight"] + p["mean.bias"], h @ p["logVariance.weight"] + p["logVariance.bias"]
z = torch.cat([m + noise * torch.exp(0.5 * s), hot], 1)
y = F.relu(z @ p["decoder.0.weight"] + p["decoder.0.bias"]) @ p["decoder.2.weight"] + p["decoder.2.bias"]
error = F.binary_cross_entropy_with_logits(y, x.detach(), reduction="sum")
normal = torch.distributions.Normal
divergence = torch.distributions.kl_divergence(normal(m, torch.exp(0.5 * s)), normal(0.0, 1.0)).sum()
loss = (error + 2 * divergence) / 4
table["vae.error"], table["vae.divergence"] = error.detach().numpy(), divergence.detach().numpy()
for name, gradient in zip(p, torch.autograd.grad(loss, list(p.values()))):
    table["vae.gradient." + name] = gradient.numpy()

# Autoencoders of one layer: 6 numbers, 4 units.
w, b = draw("ae.encoder.1.weight", 6, 4), draw("ae.encoder.1.bias", 4)
v, c = draw("ae.decoder.0.weight", 4, 6), draw("ae.decoder.0.bias", 6)
x = draw("ae.x", 5, 6, low=0).detach()
code = torch.sigmoid(x @ w + b)
plain = F.binary_cross_entropy_with_logits(code @ v + c, x, reduction="sum") / 5
jacobians = [torch.autograd.functional.jacobian(lambda t: torch.sigmoid(t @ w + b), row, create_graph=True) for row in x]
squares = sum((j**2).sum() for j in jacobians)
active, share = code.mean(0), 0.1
sparse = (share * torch.log(share / active) + (1 - share) * torch.log((1 - share) / (1 - active))).sum()
for name, loss in (("plain", plain), ("contractive", plain + 0.3 * squares / 5), ("sparse", plain + 0.7 * sparse)):
    table[f"ae.{name}"] = loss.detach().numpy()
    table[f"ae.{name}.gradient"] = torch.autograd.grad(loss, w, retain_graph=True)[0].numpy()

# Adversarial objectives.
real, fake = draw("gan.real", 5, 1), draw("gan.fake", 5, 1)
one, zero, bce = torch.ones(5, 1), torch.zeros(5, 1), F.binary_cross_entropy_with_logits
objectives = {
    "standard": (bce(real, one) + bce(fake, zero), bce(fake, one)),
    "leastSquares": ((F.mse_loss(real, one) + F.mse_loss(fake, zero)) / 2, F.mse_loss(fake, one) / 2),
    "wasserstein": (fake.mean() - real.mean(), -fake.mean()),
}
for name, (discriminator, generator) in objectives.items():
    gradients = torch.autograd.grad(discriminator, (real, fake)) + torch.autograd.grad(generator, (fake,))
    table[f"gan.{name}"] = np.array([discriminator.item(), generator.item()])
    table[f"gan.{name}.gradients"] = torch.stack(gradients).numpy()


# A U-Net of width 2 and depth 2, trained mode (batch statistics), on pictures that 4 does not divide.
def conv(x, name, cin, cout, k=3):
    w = draw(f"unet.{name}.weight", k, k, cin, cout, scale=0.3)
    return F.conv2d(x, w.permute(3, 2, 0, 1), padding=k // 2)


def norm(x, name, channels):
    scale, shift = draw(f"unet.{name}.scale", channels), draw(f"unet.{name}.shift", channels)
    table[f"unet.{name}.mean"], table[f"unet.{name}.variance"] = np.zeros(channels), np.ones(channels)
    return F.relu(F.batch_norm(x, None, None, scale, shift, training=True))


def block(x, name, cin, cout):
    x = norm(conv(x, f"{name}.0", cin, cout), f"{name}.1", cout)
    return norm(conv(x, f"{name}.3", cout, cout), f"{name}.4", cout)


x = draw("unet.x", 2, 7, 10, 1).detach().permute(0, 3, 1, 2)
y = F.pad(x, (0, 2, 0, 1))
seen = []
for level, (cin, cout) in enumerate(((1, 2), (2, 4))):
    seen.append(block(y, f"down.{level}", cin, cout))
    y = F.max_pool2d(seen[-1], 2)
y = block(y, "bottom", 4, 8)
for level, width in enumerate((4, 2)):
    w, b = draw(f"unet.up.{level}.weight", 2, 2, width, 2 * width, scale=0.3), draw(f"unet.up.{level}.bias", width)
    y = F.conv_transpose2d(y, w.permute(3, 2, 0, 1), b, stride=2)
    y = block(torch.cat([seen[1 - level], y], 1), f"merge.{level}", 2 * width, width)
y = conv(y, "head", 2, 2, k=1) + draw("unet.head.bias", 2)[:, None, None]
table["unet.y"] = y[:, :, :7, :10].permute(0, 2, 3, 1).detach().numpy()

# Fréchet distances of features: 3 and 40 numbers, and fewer samples than features.
for name, (rows, others, features) in {"small": (50, 60, 3), "large": (200, 150, 40), "flat": (20, 30, 40)}.items():
    a = rng.standard_normal((rows, features)) @ rng.standard_normal((features, features)) + 1
    b = rng.standard_normal((others, features)) * 2
    root = sqrtm(np.cov(a.T) @ np.cov(b.T))
    d = ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(np.cov(a.T) + np.cov(b.T) - 2 * root.real)
    table[f"frechet.{name}.a"], table[f"frechet.{name}.b"], table[f"frechet.{name}"] = a, b, np.array(d)

# Colours.
rgb = np.concatenate([rng.random((40, 3)), np.eye(3), np.zeros((1, 3)), np.ones((1, 3)), rng.random((8, 3)) * 0.05])
table["lab.rgb"], table["lab.lab"] = rgb, color.rgb2lab(rgb)

save_file({name: np.ascontiguousarray(x) for name, x in table.items()}, "generative.safetensors",
          {"made with": f"PyTorch {torch.__version__}, NumPy {np.__version__}"})
