import HebbArrays
import HebbAutograd

// PyTorch keeps queries, keys and values in one matrix, turned as in every linear layer, and names the parts of its blocks
// by what they are.

/// Rows `from` to `to` of thirds of a matrix or a vector that holds queries, keys and values, turned.
private func thirds(_ parameter: Parameter, _ name: String, _ from: Int, _ to: Int) -> PyTorchSource {
  PyTorchSource(parameter, [name]) { parts in
    guard let whole = parts.first, whole.rank > 0, whole.shape[0] % 3 == 0 else { return parts[0] }
    let size = whole.shape[0] / 3
    let rows = whole[from * size..<to * size]
    return rows.rank == 2 ? rows.transposed() : rows
  }
}

private func named(_ module: String, _ sources: [PyTorchSource]) -> [PyTorchSource] {
  sources.map { source in
    PyTorchSource(source.parameter, source.names.map { join(module, $0) }, convert: source.convert)
  }
}

extension MultiHeadAttention: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    [thirds(projection.weight, "in_proj_weight", 0, 3)]
      + (projection.bias.map { [thirds($0, "in_proj_bias", 0, 3)] } ?? []) + named("out_proj", output.pyTorchSources)
  }
}

extension CrossAttention: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    var sources = [
      thirds(query.weight, "in_proj_weight", 0, 1), thirds(keyValue.weight, "in_proj_weight", 1, 3),
    ]
    if let bias = query.bias { sources.append(thirds(bias, "in_proj_bias", 0, 1)) }
    if let bias = keyValue.bias { sources.append(thirds(bias, "in_proj_bias", 1, 3)) }
    return sources + named("out_proj", output.pyTorchSources)
  }
}

extension TransformerBlock: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    named("self_attn", attention.pyTorchSources) + named("norm1", attentionNorm.pyTorchSources)
      + named("linear1", network.up.pyTorchSources) + named("linear2", network.down.pyTorchSources)
      + named("norm2", networkNorm.pyTorchSources)
  }
}

extension TransformerDecoderBlock: PyTorchReadable {
  public var pyTorchSources: [PyTorchSource] {
    named("self_attn", attention.pyTorchSources) + named("norm1", attentionNorm.pyTorchSources)
      + named("multihead_attn", crossAttention.pyTorchSources) + named("norm2", crossNorm.pyTorchSources)
      + named("linear1", network.up.pyTorchSources) + named("linear2", network.down.pyTorchSources)
      + named("norm3", networkNorm.pyTorchSources)
  }
}
