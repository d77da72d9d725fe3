import HebbArrays
import HebbAutograd

// PyTorch keeps all layers and directions of a recurrent network in one module, told apart by the ends of their names:
// weight_ih_l0, weight_ih_l0_reverse, weight_ih_l1 …

/// A recurrent layer whose parameters are some of those of a recurrent module of PyTorch's.
protocol PyTorchRecurrent: PyTorchReadable {
  /// - Parameters:
  ///   - level: the number of the layer, from below.
  ///   - suffix: `_reverse` for the layer that reads backwards.
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource]
}

extension PyTorchRecurrent {
  public var pyTorchSources: [PyTorchSource] { pyTorchSources(level: 0, suffix: "") }
}

extension RecurrentCore {
  /// Both weights, turned, and the sum of both biases; `split` is how much of the second bias belongs to that sum.
  fileprivate func commonSources(_ end: String, bias: Parameter, split: Int? = nil) -> [PyTorchSource] {
    let shape = bias.shape
    return [
      PyTorchSource(inputWeight, "weight_ih\(end)", layout: .linear),
      PyTorchSource(stateWeight, "weight_hh\(end)", layout: .linear),
      PyTorchSource(bias, ["bias_ih\(end)", "bias_hh\(end)"]) { parts in
        if let odd = parts.first(where: { $0.shape != shape }) { return odd }
        guard let split else { return parts[0] + parts[1] }
        return .concatenated([(parts[0] + parts[1])[0..<split], parts[0][split..<shape.count]], axis: 0)
      },
    ]
  }
}

private func end(_ level: Int, _ suffix: String) -> String { "_l\(level)\(suffix)" }

extension RNN: PyTorchRecurrent {
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource] { commonSources(end(level, suffix), bias: bias) }
}

extension ReLURNN: PyTorchRecurrent {
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource] { commonSources(end(level, suffix), bias: bias) }
}

extension LSTM: PyTorchRecurrent {
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource] { commonSources(end(level, suffix), bias: bias) }
}

extension ProjectedLSTM: PyTorchRecurrent {
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource] {
    let end = end(level, suffix)
    return commonSources(end, bias: bias) + [PyTorchSource(projection, "weight_hr\(end)", layout: .linear)]
  }
}

extension GRU: PyTorchRecurrent {
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource] {
    let (end, units) = (end(level, suffix), outputs)
    let candidate = PyTorchSource(candidateBias, ["bias_hh\(end)"]) { parts in
      parts[0].shape == [3 * units] ? parts[0][2 * units..<3 * units] : parts[0]
    }
    return commonSources(end, bias: bias, split: 2 * units) + [candidate]
  }
}

extension Bidirectional: PyTorchRecurrent {
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource] {
    sources(of: forward, level, suffix) + sources(of: backward, level, "_reverse")
  }
}

extension Stacked: PyTorchRecurrent {
  func pyTorchSources(level: Int, suffix: String) -> [PyTorchSource] {
    layers.enumerated().flatMap { sources(of: $0.element, level + $0.offset, suffix) }
  }
}

private func sources(of layer: any RecurrentLayer, _ level: Int, _ suffix: String) -> [PyTorchSource] {
  guard let readable = layer as? any PyTorchRecurrent else {
    fatalError("\(layer): PyTorch has no such layer, so its weights cannot be read from there")
  }
  return readable.pyTorchSources(level: level, suffix: suffix)
}
