import HebbArrays
import HebbAutograd
import HebbLayers

/// A forecast for every node of a graph: a recurrent layer reads what was, and all steps that come are a linear function of
/// its last state.
///
///     h = GraphGRU(x₁ … x_history)          y = h W + b
///
/// - Input: `[batch, history, nodes, inputs]`
/// - Output: `[batch, horizon, nodes, 1]`
/// - Source: Zhao et al. 2019, arXiv:1811.05320.
public struct TGCN: Layer {
  /// Reads the history of all nodes.
  public let encoder: GraphGRU
  /// W `[units, horizon]` and b.
  public let output: Linear

  public var members: Members { ["encoder": encoder, "output": output] }

  /// - Parameter graph: the weights of the edges.
  public init(
    on graph: SparseMatrix, inputs: Int = 1, units: Int = 100, horizon: Int = 3, using random: inout Philox
  ) {
    require(horizon > 0, "TGCN: a forecast of \(horizon) steps")
    encoder = GraphGRU(inputs, units, on: graph, using: &random)
    output = Linear(units, horizon, using: &random)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    let last = encoder.run(x).state.tensors[0]
    return output(last).transposed([0, 2, 1]).expanded(at: 3)
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    encoder.multiplyAdds(from: input, to: output) + output.count * self.output.weight.shape[0]
  }

  public var window: Window? { nil }

  public var description: String { "TGCN(\(encoder), \(output.weight.shape[1]) steps)" }
}
