import HebbArrays
import HebbAutograd

/// Group normalisation: in each element of a batch, each group of neighbouring channels is brought to mean 0 and variance
/// 1 over its channels and all places, then each channel to a learned mean and spread.
///
///     y = γ (x − μ) / √(σ² + ε) + β
///
/// One group is layer normalisation of a whole picture, as many groups as channels is instance normalisation.
///
/// - Input: `[batch, …, channels]`
/// - Output: the same
/// - Source: Wu and He 2018, arXiv:1803.08494.
public struct GroupNorm: Layer {
  public let scale: Parameter  // γ [channels]
  public let shift: Parameter  // β [channels]
  /// How many groups the channels make.
  public let groups: Int
  /// ε, which is added to the variance.
  public let epsilon: Double

  public var members: Members { ["scale": scale, "shift": shift] }

  /// γ = 1, β = 0.
  ///
  /// - Parameters:
  ///   - groups: divides the channels.
  ///   - channels: the extent of the last axis.
  ///   - epsilon: is added to the variance.
  public init(groups: Int, _ channels: Int, epsilon: Double = 1e-5) {
    require(
      groups > 0 && channels > 0 && channels % groups == 0,
      "GroupNorm(groups: \(groups), \(channels)): the groups do not divide the channels")
    scale = Parameter(.ones([channels]), role: .normalization)
    shift = Parameter(.zeros([channels]), role: .normalization)
    self.groups = groups
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requireFloats(x.dtype, x.shape)
    require(
      x.rank > 1 && x.shape.innermost == scale.shape[0],
      "\(self): the input \(x.shape) does not end in \(scale.shape[0]) channels")
    return x.groupNormalized(groups: groups, scale: scale.tensor, shift: shift.tensor, epsilon: epsilon)
  }

  public var description: String { "GroupNorm(\(scale.shape[0]), groups \(groups))" }
}
