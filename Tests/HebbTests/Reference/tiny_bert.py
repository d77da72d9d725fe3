"""Writes the folder tiny-bert: a BERT of two layers with random weights as such networks are published, and expected.json with
what PyTorch makes of some sentences.

    python3 tiny_bert.py

PyTorch's own encoder layers (`torch.nn.TransformerEncoderLayer`, normalised behind each part) are the network; their weights
are written under the names of the transformers library. The tokens of the sentences are written out by hand below.
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

size, heads, hidden, layers, context = 8, 2, 16, 2, 12
tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "man", "is", "eat", "##ing", "food", ".", "the", "moon", "shine", "##s"]
# Each text with its tokens; the last one is longer than the network reads, and loses its end.
texts = {
    "A man is eating food.": ["a", "man", "is", "eat", "##ing", "food", "."],
    "The moon shines": ["the", "moon", "shine", "##s"],
    "Xyzzy is food.": ["[UNK]", "is", "food", "."],
    "the moon the moon the moon the moon the moon the moon": ["the", "moon"] * 6,
}

torch.manual_seed(7)
embeddings = {
    "word": nn.Embedding(len(tokens), size), "position": nn.Embedding(context, size), "token_type": nn.Embedding(2, size)}
norm = nn.LayerNorm(size, eps=1e-12)
blocks = [
    nn.TransformerEncoderLayer(size, heads, hidden, dropout=0.0, activation="gelu", layer_norm_eps=1e-12, batch_first=True)
    for _ in range(layers)]
for module in [norm, *blocks]:
    for name, parameter in module.named_parameters():
        is_scale = "norm" in f"{module.__class__.__name__}.{name}".lower() and name.endswith("weight")
        nn.init.normal_(parameter, 1.0 if is_scale else 0.0, 0.5 if parameter.dim() > 1 else 0.2)

weights = {f"embeddings.{name}_embeddings.weight": table.weight for name, table in embeddings.items()}
weights |= {f"embeddings.LayerNorm.{name}": value for name, value in norm.named_parameters()}
for index, block in enumerate(blocks):
    layer = f"encoder.layer.{index}"
    projections = zip(("query", "key", "value"), block.self_attn.in_proj_weight.chunk(3), block.self_attn.in_proj_bias.chunk(3))
    for name, weight, bias in projections:
        weights |= {f"{layer}.attention.self.{name}.weight": weight, f"{layer}.attention.self.{name}.bias": bias}
    parts = {
        "attention.output.dense": block.self_attn.out_proj, "attention.output.LayerNorm": block.norm1,
        "intermediate.dense": block.linear1, "output.dense": block.linear2, "output.LayerNorm": block.norm2}
    for name, part in parts.items():
        weights |= {f"{layer}.{name}.{key}": value for key, value in part.named_parameters()}


def vector(pieces):
    ids = torch.tensor([tokens.index(token) for token in ["[CLS]", *pieces[: context - 2], "[SEP]"]])
    x = embeddings["word"](ids) + embeddings["position"](torch.arange(len(ids)))
    x = norm(x + embeddings["token_type"].weight[0])[None]
    for block in blocks:
        x = block(x)
    return F.normalize(x[0].mean(0), dim=0)


with torch.no_grad():
    rows = [{"text": text, "vector": [round(x, 7) for x in vector(pieces).tolist()]} for text, pieces in texts.items()]
folder = pathlib.Path(__file__).with_name("tiny-bert")
folder.mkdir(exist_ok=True)
save_file({name: value.detach().contiguous() for name, value in weights.items()}, folder / "model.safetensors")
(folder / "vocab.txt").write_text("\n".join(tokens) + "\n")
(folder / "config.json").write_text(json.dumps({
    "model_type": "bert", "vocab_size": len(tokens), "max_position_embeddings": context, "hidden_size": size,
    "num_hidden_layers": layers, "num_attention_heads": heads, "intermediate_size": hidden, "hidden_act": "gelu",
    "layer_norm_eps": 1e-12, "pad_token_id": 0}) + "\n")
(folder / "expected.json").write_text(json.dumps(rows) + "\n")
