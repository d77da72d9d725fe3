import HebbArrays
import HebbAutograd

/// A linear-chain conditional random field: tags are judged together with their neighbours, by learned scores for each
/// tag behind each other one.
///
///     score(y) = startᵧ₁ + Σ xₜᵧₜ + Σ transitionᵧₜᵧₜ₊₁ + endᵧₙ          P(y) = exp score(y) / Σ over all paths exp score
///
/// It stands behind a network that gives a score for each tag at each step, such as a bidirectional LSTM with a linear
/// layer. The network is trained with ``losses(_:tags:lengths:)``, and ``decode(_:lengths:)`` finds the best path.
///
/// - Source: Lafferty, McCallum and Pereira 2001, "Conditional random fields"; behind an LSTM: Huang, Xu and Yu 2015,
///   arXiv:1508.01991.
public struct LinearChainCRF: Module {
  public let transitions: Parameter  // from tag (row) to tag (column) [tags, tags]
  public let start: Parameter  // [tags]
  public let end: Parameter  // [tags]

  public var members: Members { ["transitions": transitions, "start": start, "end": end] }

  /// Scores begin within ±0.1.
  public init(_ tags: Int, using random: inout Philox) {
    require(tags > 0, "LinearChainCRF(\(tags)): there must be a tag")
    let initializer = Initializer.uniform(0.1)
    transitions = Parameter(initializer([tags, tags], fanIn: tags, fanOut: tags, using: &random))
    start = Parameter(initializer([tags], fanIn: tags, fanOut: tags, using: &random), role: .bias)
    end = Parameter(initializer([tags], fanIn: tags, fanOut: tags, using: &random), role: .bias)
  }

  /// −log of the probability of the tags, one number a sequence.
  ///
  /// - Parameters:
  ///   - emissions: `[batch, time, tags]`.
  ///   - tags: int32 `[batch, time]`; what stands behind a sequence's end does not matter.
  ///   - lengths: how many steps each sequence has, one at least; all of them where nil.
  public func losses(_ emissions: Tensor, tags: NDArray, lengths: [Int]? = nil) -> Tensor {
    check(emissions.shape)
    return emissions.crfLosses(
      tags: tags, transitions: transitions.tensor, start: start.tensor, end: end.tensor, lengths: lengths)
  }

  /// The tags with the highest score, for each sequence.
  public func decode(_ emissions: NDArray, lengths: [Int]? = nil) -> [[Int]] {
    check(emissions.shape)
    return Tensor(emissions).bestPaths(
      transitions: transitions.tensor, start: start.tensor, end: end.tensor, lengths: lengths)
  }

  /// The tags with the highest score among paths that are allowed, for each sequence.
  ///
  /// - Parameters:
  ///   - first: whether a sequence may begin with a tag.
  ///   - next: whether a tag may stand behind another, `next[another][tag]`.
  ///   - last: whether a sequence may end with a tag.
  public func decode(
    _ emissions: NDArray, lengths: [Int]? = nil, first: [Bool], next: [[Bool]], last: [Bool]
  ) -> [[Int]] {
    check(emissions.shape)
    let tags = start.shape[0]
    require(
      first.count == tags && last.count == tags && next.count == tags && next.allSatisfy { $0.count == tags },
      "LinearChainCRF: \(first.count), \(next.count) and \(last.count) rules for \(tags) tags")
    func allowed(_ scores: Parameter, _ rules: [Bool]) -> Tensor {
      let penalties = NDArray(rules.map { $0 ? Float(0) : -1e9 }, shape: scores.shape)
      return Tensor(scores.tensor.value + penalties.cast(to: scores.tensor.dtype))
    }
    return Tensor(emissions).bestPaths(
      transitions: allowed(transitions, next.flatMap(\.self)), start: allowed(start, first), end: allowed(end, last),
      lengths: lengths)
  }

  private func check(_ shape: Shape) {
    require(
      shape.rank == 3 && shape.innermost == start.shape[0],
      "LinearChainCRF: emissions \(shape), not [batch, time, \(start.shape[0])]")
  }
}
