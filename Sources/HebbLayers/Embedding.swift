import HebbArrays
import HebbAutograd

/// A table with one learned row of features for each number: words, characters, positions.
///
///     y[…] = W[x[…]]
///
/// - Input: whole numbers from 0 below `count`, of any shape, as int32 or as floats
/// - Output: the input's shape with an axis of `features` behind it
/// - Source: Bengio, Ducharme, Vincent and Jauvin 2003, "A neural probabilistic language model".
public struct Embedding: Layer {
  public let weight: Parameter  // W [count, features]

  public var members: Members { ["weight": weight] }

  public init(_ count: Int, _ features: Int, initializer: Initializer = .normal(1), using random: inout Philox) {
    require(count > 0 && features > 0, "Embedding(\(count), \(features)): sizes must be positive")
    weight = Parameter(initializer([count, features], fanIn: count, fanOut: features, using: &random))
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    weight.tensor.gathered(rows: x.dtype == .int32 ? x.value : x.value.cast(to: .int32))
  }

  public var description: String { "Embedding(\(weight.shape[0]) → \(weight.shape[1]))" }
}
