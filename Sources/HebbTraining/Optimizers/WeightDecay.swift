import HebbArrays
import HebbAutograd

/// How weights are drawn to zero.
///
///     g ← g + l2 · w + l1 · sign w
///
/// AdamW and Lion shrink the weights themselves by rate · l2 instead. A plain number is an `l2`:
/// `Adam(learningRate: 1e-3, weightDecay: 1e-4)`. Biases, and scales and shifts of normalisations, are left alone
/// unless asked for.
public struct WeightDecay: Sendable, Hashable, ExpressibleByFloatLiteral {
  /// The factor of w, which draws each weight in proportion to its size.
  public var l2: Double
  /// The factor of sign w, which draws each weight by the same amount.
  public var l1: Double
  /// Whether biases are drawn too.
  public var decaysBiases: Bool
  /// Whether scales and shifts of normalisations are drawn too.
  public var decaysNormalization: Bool

  /// A decay; both factors are 0 or more.
  ///
  /// - Parameters:
  ///   - l2: draws each weight in proportion to its size.
  ///   - l1: draws each weight by the same amount.
  ///   - decaysBiases: whether biases are drawn too.
  ///   - decaysNormalization: whether scales and shifts of normalisations are drawn too.
  public init(l2: Double = 0, l1: Double = 0, decaysBiases: Bool = false, decaysNormalization: Bool = false) {
    require(
      l2 >= 0 && l1 >= 0 && l2.isFinite && l1.isFinite, "weight decay: l2 \(l2) and l1 \(l1) are not numbers from 0 up")
    (self.l2, self.l1, self.decaysBiases, self.decaysNormalization) = (l2, l1, decaysBiases, decaysNormalization)
  }

  /// An `l2`.
  public init(floatLiteral value: Double) { self.init(l2: value) }

  /// Weights are left alone.
  public static let none = WeightDecay()

  /// Whether parameters of this role decay.
  public func applies(to role: Parameter.Role) -> Bool {
    switch role {
    case .weight: true
    case .bias: decaysBiases
    case .normalization: decaysNormalization
    case .buffer: false
    }
  }
}
