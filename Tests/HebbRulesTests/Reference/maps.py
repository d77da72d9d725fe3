"""Writes maps.safetensors: what MiniSom makes of the irises and of MNIST, step by step, and how well.

    pip install numpy safetensors minisom scikit-learn
    python3 maps.py FOLDER

FOLDER holds MNIST's train-images-idx3-ubyte.gz; of its pictures nothing is kept, of MiniSom's weights every 28th feature.
MiniSom 2.3.6.
"""

import gzip
import pathlib
import sys

import numpy as np
from minisom import MiniSom
from safetensors.numpy import save_file
from sklearn.datasets import load_iris

STEPS = (1, 10, 100, 1_000, 12_000)
out = {}


def learn(name, x, start, sigma, rate_decay, every=1):
    """Shows the samples in turn and keeps the weights on the way, and the two errors at the end."""
    rows, columns, features = start.shape
    som = MiniSom(rows, columns, features, sigma=sigma, learning_rate=0.5, decay_function=rate_decay, random_seed=0)
    som._weights = start.astype(float).copy()
    for t in range(STEPS[-1]):
        sample = x[t % len(x)].astype(float)
        som.update(sample, som.winner(sample), t, STEPS[-1])
        if t + 1 in STEPS:
            out[f"{name}.after{t + 1}"] = np.ascontiguousarray(som._weights[..., ::every].astype(np.float32))
    wide = x.astype(float)
    errors = [som.quantization_error(wide), som.topographic_error(wide)]
    out[f"{name}.errors"] = np.array(errors, np.float32)
    print(f"{name:24} quantisation {errors[0]:.6f}  topographic {errors[1]:.4f}")


# The irises from 0 to 1, begun on their principal components.
iris = load_iris().data
iris = ((iris - iris.min(0)) / (iris.max(0) - iris.min(0))).astype(np.float32)
axes = MiniSom(8, 8, 4)
axes.pca_weights_init(iris.astype(float))
start = axes._weights.astype(np.float32)
out["iris.x"], out["iris.start"] = iris, start
# MNIST's first 4,000 pictures, begun on every fortieth of them.
file = gzip.open(pathlib.Path(sys.argv[1]) / "train-images-idx3-ubyte.gz").read(16 + 4_000 * 784)
digits = np.frombuffer(file, np.uint8, offset=16).reshape(4_000, 784).astype(np.float32) / 255
for decay in ("asymptotic_decay", "linear_decay_to_zero"):
    learn(f"iris.{decay}", iris, start, 1.84, decay)
    learn(f"mnist.{decay}", digits, digits[::40].reshape(10, 10, 784), 2.3, decay, every=28)
save_file(out, pathlib.Path(__file__).with_name("maps.safetensors"))
