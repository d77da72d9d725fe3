import HebbArrays

// The terms of an evidence lower bound, each with its gradient in one pass.

extension Tensor {
  /// The cross-entropy of yes-or-no questions, summed over all elements: logits against probabilities.
  ///
  ///     L = Σ ln (1 + eˣ) − t x          ∂L/∂x = σ(x) − t
  ///
  /// - Shapes: two equal ones → `[]`.
  public func binaryCrossEntropySum(_ target: NDArray) -> Tensor {
    require(
      shape == target.shape, "the binary cross-entropy of logits \(shape) and probabilities \(target.shape)")
    let x = value
    return Tensor((x.softplus() - target * x).sum(), from: self) { dy in [(x.sigmoid() - target) * dy.scalar] }
  }

  /// How far normal distributions, each element by itself, are from the standard one, summed over all elements.
  ///
  ///     D = ½ Σ μ² + eˢ − s − 1          ∂D/∂μ = μ,  ∂D/∂s = ½ (eˢ − 1),  s = ln σ²
  ///
  /// - Shapes: two equal ones → `[]`.
  /// - Source: Kingma and Welling 2014, "Auto-encoding variational Bayes", appendix B, arXiv:1312.6114.
  public static func standardNormalDivergence(mean: Tensor, logVariance: Tensor) -> Tensor {
    require(
      mean.shape == logVariance.shape, "means \(mean.shape) and logarithms of variances \(logVariance.shape) differ")
    let m = mean.value
    // eˢ − 1 − s: accurate where the variance is near 1.
    let excess = logVariance.value.expm1()
    let sum = (m.squared() + excess - logVariance.value).sum() * 0.5
    let (needsMean, needsVariance) = (mean.isTracked, logVariance.isTracked)
    return Tensor(sum, from: mean, logVariance) { dy in
      let factor = dy.scalar
      return [needsMean ? m * factor : nil, needsVariance ? excess * (0.5 * factor) : nil]
    }
  }

  /// Draws from normal distributions, so that the gradient finds its way to mean and variance.
  ///
  ///     z = μ + e^(s/2) ε          ∂z/∂μ = 1,  ∂z/∂s = ½ e^(s/2) ε
  ///
  /// - Shape: both alike → the same.
  /// - Parameter noise: ε, of the standard normal distribution and the same shape.
  public static func normalDraw(mean: Tensor, logVariance: Tensor, noise: NDArray) -> Tensor {
    require(
      mean.shape == logVariance.shape && mean.shape == noise.shape,
      "means \(mean.shape), logarithms of variances \(logVariance.shape) and noise \(noise.shape) differ")
    let spread = (logVariance.value * 0.5).exp() * noise
    let (needsMean, needsVariance) = (mean.isTracked, logVariance.isTracked)
    return Tensor(mean.value + spread, from: mean, logVariance) { dy in
      [needsMean ? dy : nil, needsVariance ? dy * spread * 0.5 : nil]
    }
  }
}
