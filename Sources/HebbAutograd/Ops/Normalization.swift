import HebbArrays

extension Tensor {
  /// Normalises each channel (the last axis) by the statistics of the batch, with an optional ReLU in the same pass.
  ///
  ///     y = γ (x − μ) / √(σ² + ε) + β
  ///
  /// - Returns: y, and the mean and population variance of each channel.
  /// - Shape: `[…, channels]`, scale and shift `[channels]` → the same.
  /// - Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
  public func batchNormalized(
    scale: Tensor, shift: Tensor, epsilon: Double, relu: Bool = false
  ) -> (y: Tensor, mean: NDArray, variance: NDArray) {
    let (x, gain, offset) = (value, scale.value, shift.value)
    let (y, mean, variance) = x.batchNormalized(gain: gain, shift: offset, epsilon: epsilon, rectified: relu)
    let result = Tensor(y, from: self, scale, shift) { dy in
      let gradients = x.batchNormalizationGradient(
        dy, mean: mean, variance: variance, gain: gain, shift: offset, epsilon: epsilon, rectified: relu)
      return [gradients.dx, gradients.gain, gradients.shift]
    }
    return (result, mean, variance)
  }

  /// Normalises each channel (the last axis) by given statistics, with an optional ReLU in the same pass.
  ///
  /// - Shape: `[…, channels]`, all others `[channels]` → the same.
  public func normalized(
    mean: NDArray, variance: NDArray, scale: Tensor, shift: Tensor, epsilon: Double, relu: Bool = false
  ) -> Tensor {
    let (x, gain, offset) = (value, scale.value, shift.value)
    let y = x.normalized(
      mean: mean, variance: variance, gain: gain, shift: offset, epsilon: epsilon, rectified: relu)
    let channels = gain.shape
    let (needsInput, needsScale, needsShift) = (isTracked, scale.isTracked, shift.isTracked)
    return Tensor(y, from: self, scale, shift) { dy in
      let dy = relu ? y.gating(dy) : dy
      let inverse = (variance + epsilon).squareRoot().reciprocal()
      let dx = needsInput ? dy * (gain * inverse) : nil
      let dScale = needsScale ? (dy * ((x - mean) * inverse)).sum(to: channels) : nil
      return [dx, dScale, needsShift ? dy.sum(to: channels) : nil]
    }
  }

  /// Normalises each row of the last axis by its own statistics.
  ///
  /// - Shape: `[…, features]`, scale and shift `[features]` → the same.
  /// - Source: Ba, Kiros and Hinton 2016, "Layer normalization", arXiv:1607.06450.
  public func layerNormalized(scale: Tensor, shift: Tensor, epsilon: Double) -> Tensor {
    let (x, gain) = (value, scale.value)
    let (y, mean, inverse) = x.layerNormalized(gain: gain, shift: shift.value, epsilon: epsilon)
    return Tensor(y, from: self, scale, shift) { dy in
      let gradients = x.layerNormalizationGradient(dy, mean: mean, inverse: inverse, gain: gain)
      return [gradients.dx, gradients.gain, gradients.shift]
    }
  }

  /// Normalises groups of channels of each sample by their own statistics.
  ///
  /// - Shape: `[batch, …, channels]`, scale and shift `[channels]` → the same.
  /// - Source: Wu and He 2018, "Group normalization", arXiv:1803.08494.
  public func groupNormalized(groups: Int, scale: Tensor, shift: Tensor, epsilon: Double) -> Tensor {
    let (x, gain) = (value, scale.value)
    let (y, mean, inverse) = x.groupNormalized(groups: groups, gain: gain, shift: shift.value, epsilon: epsilon)
    return Tensor(y, from: self, scale, shift) { dy in
      let gradients = x.groupNormalizationGradient(dy, groups: groups, mean: mean, inverse: inverse, gain: gain)
      return [gradients.dx, gradients.gain, gradients.shift]
    }
  }
}
