import HebbArrays
import HebbAutograd

/// A fully connected layer whose outputs are averaged over the neighbours of each node.
///
///     y = Â x W + b          Â = D^−½ (A + I) D^−½
///
/// - Input: `[…, nodes, inputs]`
/// - Output: `[…, nodes, outputs]`
/// - Source: Kipf and Welling 2017, "Semi-supervised classification with graph convolutional networks", arXiv:1609.02907.
public struct GraphConvolution: Layer {
  /// Â; see ``HebbArrays/SparseMatrix/symmetricallyNormalized``.
  public let neighborhood: SparseMatrix
  public let weight: Parameter  // W [inputs, outputs]
  public let bias: Parameter?  // b [outputs]

  public var members: Members { ["weight": weight, "bias": bias] }

  /// - Parameter graph: the weights of the edges, A.
  public init(
    _ inputs: Int, _ outputs: Int, on graph: SparseMatrix, bias: Bool = true, using random: inout Philox
  ) {
    require(inputs > 0 && outputs > 0, "GraphConvolution(\(inputs), \(outputs)): sizes must be positive")
    neighborhood = graph.symmetricallyNormalized
    weight = Parameter(
      Initializer.xavierUniform([inputs, outputs], fanIn: inputs, fanOut: outputs, using: &random))
    self.bias = bias ? Parameter(.zeros([outputs]), role: .bias) : nil
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    checkNodes(x.shape, neighborhood.rowCount, weight.shape[0], "\(self)")
    // The edges carry whichever is narrower.
    if weight.shape[0] <= weight.shape[1] {
      return x.multiplied(onLeft: neighborhood).linear(weight.tensor, bias?.tensor)
    }
    let y = x.linear(weight.tensor, nil).multiplied(onLeft: neighborhood)
    return bias.map { y + $0.tensor } ?? y
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    let rows = input.count / weight.shape[0]
    return rows * weight.shape.count
      + rows / max(1, neighborhood.rowCount) * neighborhood.entryCount * min(weight.shape[0], weight.shape[1])
  }

  public var window: Window? { nil }

  public var description: String {
    "GraphConvolution(\(weight.shape[0]) → \(weight.shape[1]), \(neighborhood.rowCount) nodes)"
  }
}

/// Stops where features do not belong to the nodes of a graph.
func checkNodes(_ shape: Shape, _ nodes: Int, _ inputs: Int, _ layer: @autoclosure () -> String) {
  require(
    shape.rank >= 2 && shape[shape.rank - 2] == nodes && shape.innermost == inputs,
    "\(layer()): the input \(shape) is not […, \(nodes), \(inputs)]")
}
