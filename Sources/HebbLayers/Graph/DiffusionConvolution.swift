import HebbArrays
import HebbAutograd

/// A fully connected layer over what random walks of up to K steps, along the edges and against them, bring to each node.
///
///     y = Σₖ Tₖ(D_O⁻¹ A) x Wₖ + Σₖ Tₖ(D_I⁻¹ Aᵀ) x Vₖ + b          k = 0 … K, T₀ once
///
/// The terms Tₖ are those of ``HebbArrays/SparseDiffusion``. A node without edges keeps what is its own.
///
/// - Input: `[…, nodes, inputs]`
/// - Output: `[…, nodes, outputs]`
/// - Source: Li, Yu, Shahabi and Liu 2018, arXiv:1707.01926.
public struct DiffusionConvolution: Layer {
  /// The walks along the edges and against them, and K.
  public let diffusion: SparseDiffusion
  public let weight: Parameter  // [terms · inputs, outputs]: T₀, the walks along the edges, those against them
  public let bias: Parameter?  // b [outputs]

  public var members: Members { ["weight": weight, "bias": bias] }

  /// - Parameters:
  ///   - graph: the weights of the edges, A.
  ///   - steps: K.
  public init(
    _ inputs: Int, _ outputs: Int, on graph: SparseMatrix, steps: Int = 2, bias: Bool = true,
    using random: inout Philox
  ) {
    require(
      inputs > 0 && outputs > 0 && steps > 0,
      "DiffusionConvolution(\(inputs), \(outputs), steps: \(steps)): sizes must be positive")
    diffusion = .dualWalk(on: graph, steps: steps)
    let rows = diffusion.terms * inputs
    weight = Parameter(Initializer.xavierNormal([rows, outputs], fanIn: rows, fanOut: outputs, using: &random))
    self.bias = bias ? Parameter(.zeros([outputs]), role: .bias) : nil
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    checkNodes(x.shape, diffusion.nodes, weight.shape[0] / diffusion.terms, "\(self)")
    return x.diffused(by: diffusion).linear(weight.tensor, bias?.tensor)
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    let entries = diffusion.walks.reduce(0) { $0 + $1.entryCount } * diffusion.steps
    return output.count * weight.shape[0] + input.count / max(1, diffusion.nodes) * entries
  }

  public var window: Window? { nil }

  public var description: String {
    let inputs = weight.shape[0] / diffusion.terms
    return "DiffusionConvolution(\(inputs) → \(weight.shape[1]), \(diffusion.steps) steps, \(diffusion.nodes) nodes)"
  }
}

extension SparseDiffusion {
  /// Random walks of up to `steps` steps along the edges of a graph and against them, and the nodes themselves.
  public static func dualWalk(on graph: SparseMatrix, steps: Int) -> SparseDiffusion {
    SparseDiffusion([graph.walk, graph.reverseWalk], steps: steps)
  }
}
