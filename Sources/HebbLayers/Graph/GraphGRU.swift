import HebbArrays
import HebbAutograd

/// A gated recurrent unit over the nodes of a graph: the layer of T-GCN. Its sums are graph convolutions.
///
///     r, z = σ(Â [x, h] G + b)          Â: as in ``GraphConvolution``
///     n = tanh(Â [x, r ⊙ h] C + c)
///     h′ = z ⊙ h + (1 − z) ⊙ n
///
/// - Input: `[batch, time, nodes, inputs]`
/// - Output: `[batch, time, nodes, units]`
/// - State: h, `[batch, nodes, units]`
/// - Source: Zhao et al. 2019, "T-GCN: a temporal graph convolutional network for traffic prediction", arXiv:1811.05320, as
///   in the program of its authors.
public struct GraphGRU: GraphRecurrentCore {
  public let diffusion: SparseDiffusion  // one step of Â, without the node's own features beside it
  public let gateWeight: Parameter  // G [inputs + units, 2 · units], gates r z
  public let gateBias: Parameter  // b [2 · units]
  public let candidateWeight: Parameter  // C [inputs + units, units]
  public let candidateBias: Parameter  // c [units]

  public var members: Members {
    [
      "gateWeight": gateWeight, "gateBias": gateBias, "candidateWeight": candidateWeight,
      "candidateBias": candidateBias,
    ]
  }

  /// - Parameter graph: the weights of the edges.
  public init(_ inputs: Int, _ units: Int, on graph: SparseMatrix, using random: inout Philox) {
    diffusion = SparseDiffusion([graph.symmetricallyNormalized], steps: 1, includesSelf: false)
    let draws = GraphRecurrentDraws("GraphGRU", inputs, units, diffusion, using: &random)
    (gateWeight, gateBias) = (draws.gateWeight, draws.gateBias)
    (candidateWeight, candidateBias) = (draws.candidateWeight, draws.candidateBias)
  }
}
