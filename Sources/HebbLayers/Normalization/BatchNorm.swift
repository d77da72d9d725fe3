import HebbArrays
import HebbAutograd

/// Batch normalisation: each channel is brought to a learned mean and spread.
///
///     y = γ (x − μ) / √(σ² + ε) + β
///
/// In training μ and σ² are those of the batch, over all axes but the last, and running averages of them are kept:
///
///     running ← (1 − momentum) · running + momentum · batch          (with the variance's unbiased form, n / (n − 1))
///
/// In inference the running averages are used. So they are in training once the layer is frozen: nothing of it changes.
///
/// - Input: `[…, channels]`
/// - Output: the same
/// - Source: Ioffe and Szegedy 2015, arXiv:1502.03167. Momentum and variance as in PyTorch.
public struct BatchNorm: FusesActivation {
  public let scale: Parameter  // γ [channels]
  public let shift: Parameter  // β [channels]
  public let mean: Parameter  // running μ [channels]
  public let variance: Parameter  // running σ² [channels]
  /// The share of a batch in the running averages.
  public let momentum: Double
  /// ε, which is added to the variance.
  public let epsilon: Double

  public var members: Members { ["scale": scale, "shift": shift, "mean": mean, "variance": variance] }

  /// γ = 1, β = 0, running mean 0 and variance 1.
  ///
  /// - Parameters:
  ///   - channels: the extent of the last axis.
  ///   - momentum: the share of a batch in the running averages, from 0 to 1.
  ///   - epsilon: is added to the variance.
  public init(_ channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5) {
    require(channels > 0, "BatchNorm(\(channels)): the number of channels must be positive")
    scale = Parameter(.ones([channels]), role: .normalization)
    shift = Parameter(.zeros([channels]), role: .normalization)
    mean = Parameter(.zeros([channels]), role: .buffer)
    variance = Parameter(.ones([channels]), role: .buffer)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor {
    guard activation != .relu else { return normalized(x, relu: true) }
    return normalized(x, relu: false).activated(by: activation)
  }

  private func normalized(_ x: Tensor, relu: Bool) -> Tensor {
    let channels = scale.shape[0]
    requireFloats(x.dtype, x.shape)
    require(
      x.rank > 1 && x.shape.innermost == channels, "\(self): the input \(x.shape) does not end in \(channels) channels")
    guard Pass.phase == .training, !mean.isFrozen else {
      return x.normalized(
        mean: mean.tensor.value, variance: variance.tensor.value, scale: scale.tensor, shift: shift.tensor,
        epsilon: epsilon, relu: relu)
    }
    let count = x.shape.count / channels
    require(
      count > 1,
      "\(self): the input \(x.shape) has \(count) values a channel, too few for a spread: train with larger batches")
    let (y, batchMean, batchVariance) = x.batchNormalized(
      scale: scale.tensor, shift: shift.tensor, epsilon: epsilon, relu: relu)
    let unbiased = momentum * Double(count) / Double(count - 1)
    Pass.remember(mean.value * (1 - momentum) + batchMean * momentum, in: mean)
    Pass.remember(variance.value * (1 - momentum) + batchVariance * unbiased, in: variance)
    return y
  }

  /// Inference as a factor and a summand a channel, behind a product with a bias:
  ///
  ///     scale = γ / √(σ² + ε)          bias′ = β + (bias − μ) · scale
  func epilogue(after bias: NDArray?) -> Epilogue {
    let (gamma, beta) = (scale.tensor.value, shift.tensor.value)
    let (mu, squared) = (mean.tensor.value, variance.tensor.value)
    switch gamma.dtype {
    case .float64: return epilogue(Double.self, gamma, beta, mu, squared, bias)
    default: return epilogue(Float.self, gamma, beta, mu, squared, bias)
    }
  }

  private func epilogue<T: Scalar>(
    _: T.Type, _ gamma: NDArray, _ beta: NDArray, _ mu: NDArray, _ squared: NDArray, _ bias: NDArray?
  ) -> Epilogue {
    var factors = [T](repeating: 0, count: gamma.count)
    var summands = factors
    for c in 0..<gamma.count {
      let factor = gamma.element(c) / (squared.element(c) + epsilon).squareRoot()
      factors[c] = T(rounding: factor)
      summands[c] = T(rounding: beta.element(c) + ((bias?.element(c) ?? 0) - mu.element(c)) * factor)
    }
    return Epilogue(bias: NDArray(summands), scale: NDArray(factors))
  }

  public var description: String { "BatchNorm(\(scale.shape[0]))" }
}
