import HebbArrays
import HebbAutograd

/// Adds a learned row of features to each step.
///
///     y[t] = x[t] + W[t]
///
/// - Input: `[batch, time, features]`, of at most `count` steps
/// - Output: the same
/// - Source: Gehring et al. 2017, "Convolutional sequence to sequence learning", arXiv:1705.03122.
public struct LearnedPositions: Layer {
  public let weight: Parameter  // W [count, features]

  public var members: Members { ["weight": weight] }

  /// A row of `features` for each of `count` places.
  public init(_ count: Int, _ features: Int, initializer: Initializer = .normal(0.02), using random: inout Philox) {
    require(count > 0 && features > 0, "LearnedPositions(\(count), \(features)): sizes must be positive")
    weight = Parameter(initializer([count, features], fanIn: count, fanOut: features, using: &random))
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, from: 0) }

  /// - Parameter first: the place of the first step.
  public func callAsFunction(_ x: Tensor, from first: Int) -> Tensor {
    require(
      x.rank == 3 && x.shape[2] == weight.shape[1] && first + x.shape[1] <= weight.shape[0],
      "\(self): the input \(x.shape), from step \(first) on, is not [batch, at most \(weight.shape[0]), \(weight.shape[1])]"
    )
    let rows = weight.tensor
    let isWhole = first == 0 && x.shape[1] == weight.shape[0]
    return x + (isWhole ? rows : rows.sliced(axis: 0, from: first, to: first + x.shape[1]))
  }

  public var description: String { "LearnedPositions(\(weight.shape[0]) steps, \(weight.shape[1]))" }
}
