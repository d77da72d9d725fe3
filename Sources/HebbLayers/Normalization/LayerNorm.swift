import HebbArrays
import HebbAutograd

/// Layer normalisation: the features of each element of a batch are brought to a learned mean and spread.
///
///     y = γ (x − μ) / √(σ² + ε) + β          with μ and σ² over the last axis
///
/// - Input: `[…, features]`
/// - Output: the same
/// - Source: Ba, Kiros and Hinton 2016, arXiv:1607.06450.
public struct LayerNorm: Layer {
  public let scale: Parameter  // γ [features]
  public let shift: Parameter  // β [features]
  /// ε, which is added to the variance.
  public let epsilon: Double

  public var members: Members { ["scale": scale, "shift": shift] }

  /// γ = 1, β = 0.
  ///
  /// - Parameters:
  ///   - features: the extent of the last axis.
  ///   - epsilon: is added to the variance.
  public init(_ features: Int, epsilon: Double = 1e-5) {
    require(features > 0, "LayerNorm(\(features)): the number of features must be positive")
    scale = Parameter(.ones([features]), role: .normalization)
    shift = Parameter(.zeros([features]), role: .normalization)
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requireFloats(x.dtype, x.shape)
    require(
      x.rank > 0 && x.shape.innermost == scale.shape[0],
      "\(self): the input \(x.shape) does not end in \(scale.shape[0]) features")
    return x.layerNormalized(scale: scale.tensor, shift: shift.tensor, epsilon: epsilon)
  }

  public var description: String { "LayerNorm(\(scale.shape[0]))" }
}
