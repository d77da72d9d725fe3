import HebbArrays
import HebbAutograd

/// Adds waves that tell each step its place; nothing is learnt.
///
///     y[t, 2i] = x[t, 2i] + sin(t / 10000^(2i / features))
///     y[t, 2i + 1] = x[t, 2i + 1] + cos(t / 10000^(2i / features))
///
/// - Input: `[batch, time, features]`
/// - Output: the same
/// - Source: Vaswani et al. 2017, arXiv:1706.03762, section 3.5.
public struct SinusoidalPositions: Layer {
  /// There is nothing to choose.
  public init() {}

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, from: 0) }

  /// - Parameter first: the place of the first step.
  public func callAsFunction(_ x: Tensor, from first: Int) -> Tensor {
    require(x.rank == 3, "\(self): the input \(x.shape) is not [batch, time, features]")
    return x + Tensor(SinusoidalPositions.table(first..<first + x.shape[1], features: x.shape[2]).cast(to: x.dtype))
  }

  /// The waves of some steps, float64 `[steps, features]`.
  static func table(_ steps: Range<Int>, features: Int) -> NDArray {
    let logarithm = Mathematics.log(10_000)
    let rates = (0..<(features + 1) / 2).map { Mathematics.exp(-2 * Double($0) / Double(features) * logarithm) }
    return NDArray(shape: [steps.count, features]) { (waves: UnsafeMutableBufferPointer<Double>) in
      for (row, step) in steps.enumerated() {
        for feature in 0..<features {
          let angle = Double(step) * rates[feature / 2]
          waves[row * features + feature] = feature % 2 == 0 ? Mathematics.sin(angle) : Mathematics.cos(angle)
        }
      }
    }
  }
}
