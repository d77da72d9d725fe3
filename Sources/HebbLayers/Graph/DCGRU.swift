import HebbArrays
import HebbAutograd

/// A gated recurrent unit over the nodes of a graph: the layer of DCRNN. Its sums are diffusion convolutions.
///
///     r, z = σ([x, h] ⋆ G + b)          ⋆: over the walks of a ``DiffusionConvolution``
///     n = tanh([x, r ⊙ h] ⋆ C + c)
///     h′ = z ⊙ h + (1 − z) ⊙ n
///
/// - Input: `[batch, time, nodes, inputs]`
/// - Output: `[batch, time, nodes, units]`
/// - State: h, `[batch, nodes, units]`
/// - Source: Li, Yu, Shahabi and Liu 2018, "Diffusion convolutional recurrent neural network: data-driven traffic
///   forecasting", arXiv:1707.01926.
public struct DCGRU: GraphRecurrentCore {
  /// The walks whose terms ⋆ adds up.
  public let diffusion: SparseDiffusion
  public let gateWeight: Parameter  // G [terms · (inputs + units), 2 · units], gates r z
  public let gateBias: Parameter  // b [2 · units]
  public let candidateWeight: Parameter  // C [terms · (inputs + units), units]
  public let candidateBias: Parameter  // c [units]

  public var members: Members {
    [
      "gateWeight": gateWeight, "gateBias": gateBias, "candidateWeight": candidateWeight,
      "candidateBias": candidateBias,
    ]
  }

  /// - Parameters:
  ///   - graph: the weights of the edges.
  ///   - steps: K, the longest walk.
  public init(_ inputs: Int, _ units: Int, on graph: SparseMatrix, steps: Int = 2, using random: inout Philox) {
    self.init(inputs, units, over: .dualWalk(on: graph, steps: steps), using: &random)
  }

  /// - Parameter diffusion: any walks, such as those of one direction.
  public init(_ inputs: Int, _ units: Int, over diffusion: SparseDiffusion, using random: inout Philox) {
    self.diffusion = diffusion
    let draws = GraphRecurrentDraws("DCGRU", inputs, units, diffusion, using: &random)
    (gateWeight, gateBias) = (draws.gateWeight, draws.gateBias)
    (candidateWeight, candidateBias) = (draws.candidateWeight, draws.candidateBias)
  }
}
