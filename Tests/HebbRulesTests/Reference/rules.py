"""Writes rules.safetensors: what other programs compute for small cases of the networks of local rules.

    pip install numpy safetensors minisom scikit-learn artlib
    python3 rules.py

Every case holds its inputs too. MiniSom 2.3.6, scikit-learn 1.9.1, artlib 0.1.12; the rest is NumPy, as the papers say it.
"""

import pathlib
import warnings

import numpy as np
from artlib import FuzzyART, SimpleARTMAP
from minisom import MiniSom
from safetensors.numpy import save_file
from sklearn.datasets import load_iris
from sklearn.linear_model import Perceptron, Ridge
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.neural_network import BernoulliRBM

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)
out = {}


def keep(name, value):
    value = np.asarray(value)
    out[name] = np.ascontiguousarray(value.astype(np.int32 if value.dtype.kind in "iub" else np.float32))


# Self-organising maps: weights after 1 and 200 updates, and what the map says of the samples.
x = rng.random((40, 4)).astype(np.float32)
labels = rng.integers(0, 3, 40)
start = rng.random((6, 5, 4)).astype(np.float32)
keep("som.x", x), keep("som.labels", labels), keep("som.start", start)
CASES = [
    ("rectangular", "gaussian", "euclidean", "asymptotic_decay", "asymptotic_decay", 2.0),
    ("rectangular", "mexican_hat", "euclidean", "inverse_decay_to_zero", "inverse_decay_to_one", 1.5),
    ("rectangular", "bubble", "manhattan", "linear_decay_to_zero", "linear_decay_to_one", 2.0),
    ("rectangular", "triangle", "euclidean", "asymptotic_decay", "inverse_decay_to_one", 2.0),
    ("rectangular", "gaussian", "cosine", "linear_decay_to_zero", "asymptotic_decay", 2.0),
    ("hexagonal", "gaussian", "euclidean", "asymptotic_decay", "asymptotic_decay", 2.0),
    ("hexagonal", "mexican_hat", "manhattan", "asymptotic_decay", "asymptotic_decay", 1.2),
    ("hexagonal", "bubble", "euclidean", "asymptotic_decay", "linear_decay_to_one", 2.0),
]
for number, (cells, hood, distance, rate_decay, sigma_decay, sigma) in enumerate(CASES):
    def build():
        som = MiniSom(6, 5, 4, sigma=sigma, learning_rate=0.3, decay_function=rate_decay, neighborhood_function=hood,
                      topology=cells, activation_distance=distance, sigma_decay_function=sigma_decay, random_seed=0)
        som._weights = start.astype(float).copy()
        return som
    som = build()
    for t in range(200):
        som.update(x[t % 40].astype(float), som.winner(x[t % 40]), t, 200)
        if t + 1 in (1, 200):
            keep(f"som.{number}.after{t + 1}", som._weights)
    wide = x.astype(float)
    keep(f"som.{number}.errors",
         [som.quantization_error(wide), som.topographic_error(wide), som.distortion_measure(wide)])
    keep(f"som.{number}.map", som.distance_map()), keep(f"som.{number}.mean", som.distance_map(scaling="mean"))
    keep(f"som.{number}.hits", som.activation_response(wide).astype(int))
    keep(f"som.{number}.activation", som.activate(wide[3]))
    batch = build()
    batch.train_batch_offline(wide, 5)
    keep(f"som.{number}.batch", batch._weights)
epochs = MiniSom(6, 5, 4, sigma=2, learning_rate=0.3, random_seed=0)
epochs._weights = start.astype(float).copy()
epochs.train(x.astype(float), 3, use_epochs=True, fixed_points={0: (5, 4), 7: (0, 1)})
keep("som.epochs", epochs._weights)
axes = MiniSom(6, 5, 4)
axes.pca_weights_init(x.astype(float))
keep("som.pca", axes._weights)

# Hopfield: weights of the three rules, and two synchronous steps of damaged patterns.
n, count = 60, 5
p = np.where(rng.random((count, n)) < 0.5, -1, 1).astype(float)
damaged = p * np.where(rng.random((count, n)) < 0.15, -1, 1)
hebbian = p.T @ p / n
np.fill_diagonal(hebbian, 0)
storkey = np.zeros((n, n))
for xi in p:
    h = storkey @ xi
    hij = h[:, None] - np.diag(storkey)[:, None] * xi[:, None] - storkey * xi[None, :]
    storkey = storkey + (np.outer(xi, xi) - xi[:, None] * hij.T - hij * xi[None, :]) / n
    np.fill_diagonal(storkey, 0)
projection = np.linalg.pinv(p) @ p
np.fill_diagonal(projection, 0)
keep("hopfield.patterns", p), keep("hopfield.damaged", damaged)
for name, w in (("hebbian", hebbian), ("storkey", storkey), ("pseudoInverse", projection)):
    s = damaged.copy()
    for _ in range(2):
        s = np.where(s @ w >= 0, 1.0, -1.0)
    keep(f"hopfield.{name}.weights", w), keep(f"hopfield.{name}.states", s)
    keep(f"hopfield.{name}.energies", -0.5 * np.einsum("ci,ij,cj->c", damaged, w, damaged))
xr = rng.standard_normal((6, 20))
query = xr[2] + 0.3 * rng.standard_normal(20)
scores = 4 * (xr @ query - 0.5 * (xr**2).sum(1))
soft = np.exp(scores - scores.max())
keep("hopfield.dense.patterns", xr), keep("hopfield.dense.query", query)
keep("hopfield.dense.softmax", soft / soft.sum() @ xr)
poly = []
for i in range(n):
    up, down = damaged[0].copy(), damaged[0].copy()
    up[i], down[i] = 1, -1
    f = lambda z: np.maximum(p @ z, 0) ** 3
    poly.append(1.0 if (f(up) - f(down)).sum() >= 0 else -1.0)
keep("hopfield.dense.polynomial", poly)

# Restricted Boltzmann machines: scikit-learn's functions, and one update whose samples are sure.
v = (rng.random((12, 10)) < 0.5).astype(np.float32)
rbm = BernoulliRBM(n_components=10, learning_rate=0.1, batch_size=12, n_iter=1, random_state=0)
rbm.components_ = rng.standard_normal((10, 10)).astype(np.float32)
rbm.intercept_hidden_ = rng.standard_normal(10).astype(np.float32)
rbm.intercept_visible_ = rng.standard_normal(10).astype(np.float32)
rbm.n_features_in_ = 10
keep("rbm.v", v), keep("rbm.weights", rbm.components_.T)
keep("rbm.hiddenBias", rbm.intercept_hidden_), keep("rbm.visibleBias", rbm.intercept_visible_)
keep("rbm.hidden", rbm._mean_hiddens(v)), keep("rbm.energy", rbm._free_energy(v))
places = rng.integers(0, 10, 12)
flipped = v.copy()
flipped[np.arange(12), places] = 1 - flipped[np.arange(12), places]
energy = rbm._free_energy(flipped) - rbm._free_energy(v)
keep("rbm.places", places), keep("rbm.scores", -10 * np.logaddexp(0, -energy))
states = np.array([[i >> b & 1 for b in range(10)] for i in range(1024)], dtype=np.float64)
keep("rbm.logZ", [np.logaddexp.reduce(-rbm._free_energy(states))])
sure = BernoulliRBM(n_components=10, learning_rate=0.1, batch_size=12, n_iter=1, random_state=np.random.RandomState(0))
sure.components_ = 60 * np.sign(rng.standard_normal((10, 10))).astype(np.float32)
sure.intercept_hidden_ = (30 * np.sign(rng.standard_normal(10))).astype(np.float32)
sure.intercept_visible_ = (30 * np.sign(rng.standard_normal(10))).astype(np.float32)
sure.h_samples_ = np.zeros((12, 10), dtype=np.float32)
sure.n_features_in_, sure.random_state_ = 10, np.random.RandomState(0)
for name in ("components_", "intercept_hidden_", "intercept_visible_"):
    value = getattr(sure, name)
    keep(f"rbm.sure.{name}", value.T if name == "components_" else value)
for _ in range(3):
    sure._fit(v, sure.random_state_)
for name in ("components_", "intercept_hidden_", "intercept_visible_"):
    value = getattr(sure, name)
    keep(f"rbm.sure.after.{name}", value.T if name == "components_" else value)

# Learning vector quantisation, sample by sample.
lx = rng.standard_normal((50, 3)).astype(np.float32)
ly = (lx[:, 0] + 0.3 * lx[:, 1] > 0).astype(int)
w0 = rng.standard_normal((6, 3)).astype(np.float32)
wc = np.array([0, 0, 0, 1, 1, 1])
keep("lvq.x", lx), keep("lvq.y", ly), keep("lvq.start", w0), keep("lvq.classes", wc)
for rule in ("lvq1", "olvq1", "lvq21", "lvq3"):
    w, rates = w0.astype(float).copy(), np.full(6, 0.1)
    for t in range(200):
        s, label = lx[t % 50].astype(float), ly[t % 50]
        rate = 0.1 * (1 - t / 200)
        d = np.linalg.norm(w - s, axis=1)
        i, j = np.argsort(d, kind="stable")[:2]
        right = wc == label
        if rule == "lvq1":
            w[i] += (rate if right[i] else -rate) * (s - w[i])
        elif rule == "olvq1":
            a = rates[i]
            w[i] += (a if right[i] else -a) * (s - w[i])
            rates[i] = min(0.1, a / (1 + a) if right[i] else a / (1 - a))
        elif right[i] != right[j] and min(d[i] / d[j], d[j] / d[i]) > (1 - 0.3) / (1 + 0.3):
            for k in (i, j):
                w[k] += (rate if right[k] else -rate) * (s - w[k])
        elif rule == "lvq3" and right[i] and right[j]:
            for k in (i, j):
                w[k] += 0.2 * rate * (s - w[k])
    keep(f"lvq.{rule}", w)

# Adaptive resonance on iris, scaled to 0 … 1 and rounded so that both sides see the same numbers.
iris = load_iris()
order = rng.permutation(150)
scaled = ((iris.data - iris.data.min(0)) / (iris.data.max(0) - iris.data.min(0)))[order].astype(np.float32)
classes = iris.target[order]
keep("art.x", scaled), keep("art.y", classes)
coded = np.hstack([scaled, 1 - scaled]).astype(np.float64)
for rho in (0.0, 0.7, 0.9):
    art = FuzzyART(rho=rho, alpha=0.01, beta=1.0)
    art.fit(coded, max_iter=1)
    keep(f"art.fuzzy{rho}.weights", np.array(art.W)), keep(f"art.fuzzy{rho}.labels", art.labels_)
    artmap = SimpleARTMAP(FuzzyART(rho=rho, alpha=0.01, beta=1.0))
    artmap.fit(coded[:100], classes[:100], max_iter=1, match_tracking="MT+", epsilon=1e-6)
    keep(f"art.map{rho}.weights", np.array(artmap.module_a.W))
    keep(f"art.map{rho}.predicted", artmap.predict(coded[100:]))
bits = (rng.random((30, 12)) < 0.4).astype(int)
w, found = [], []
for s in bits:
    ranked = sorted(range(len(w)), key=lambda k: (-np.float32(2.0 * (s & w[k]).sum() / (1 + w[k].sum())), k))
    for k in ranked:
        if (s & w[k]).sum() >= 0.6 * s.sum():
            w[k] = s & w[k]
            break
    else:
        w.append(s.copy())
        k = len(w) - 1
    found.append(k)
keep("art.one.x", bits), keep("art.one.weights", np.array(w)), keep("art.one.labels", found)

# First rules.
px = rng.standard_normal((60, 4)).astype(np.float32)
py = (px @ [1, -2, 0.5, 0] + 0.3 > 0).astype(int)
perceptron = Perceptron(shuffle=False, max_iter=5, tol=None).fit(px.astype(np.float64), py)
keep("perceptron.x", px), keep("perceptron.y", py)
keep("perceptron.weights", perceptron.coef_), keep("perceptron.bias", perceptron.intercept_)
targets = (px @ np.array([0.5, -1, 2, 0.1]) + 0.7 + 0.1 * rng.standard_normal(60))[:, None]
solved = np.linalg.lstsq(np.hstack([px, np.ones((60, 1))]), targets, rcond=None)[0]
keep("adaline.targets", targets), keep("adaline.solution", solved)
centers = px[:7].astype(float)
phi = np.hstack([rbf_kernel(px.astype(float), centers, gamma=0.3), np.ones((60, 1))])
keep("rbf.centers", centers)
keep("rbf.outputs", phi @ Ridge(alpha=0.01, fit_intercept=False, solver="cholesky").fit(phi, targets).coef_.T)
centred = px - px.mean(0)
values, vectors = np.linalg.eigh(centred.T.astype(float) @ centred / 59)
keep("oja.components", vectors[:, ::-1][:, :2].T)

save_file(out, pathlib.Path(__file__).with_name("rules.safetensors"))
