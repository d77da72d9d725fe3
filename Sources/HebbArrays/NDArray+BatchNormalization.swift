extension NDArray {
  /// Batch normalisation in training, of `[…, channels]` over all axes but the last.
  ///
  ///     y = (x − mean) / √(variance + ε) · gain + shift
  ///
  /// Mean and variance are this batch's, the variance that of the population; both have shape `[channels]`. `rectified`
  /// puts a ReLU behind it in the same pass.
  ///
  /// - Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
  package func batchNormalized(
    gain: NDArray, shift: NDArray, epsilon: Double, rectified: Bool = false
  ) -> (y: NDArray, mean: NDArray, variance: NDArray) {
    let lines = channelLines("batchNormalized", gain, shift)
    guard dtype == .float32 else {
      let plain = PlainNormalization(channelsOf: shape)
      let (mean, variance) = plain.moments(self)
      return (
        plain.apply(self, mean, variance, gain: gain, shift: shift, epsilon: epsilon, rectified: rectified),
        NDArray(mean), NDArray(variance)
      )
    }
    let moments = lines.moments(pointer(to: Float.self))
    let mean = NDArray(moments.first.map { Float($0) })
    let variance = NDArray(moments.second.map { Float($0 / Double(lines.rows)) })
    let y = normalized(mean: mean, variance: variance, gain: gain, shift: shift, epsilon: epsilon, rectified: rectified)
    return (y, mean, variance)
  }

  /// Normalisation with given statistics, as in inference: y = (x − mean) / √(variance + ε) · gain + shift per channel.
  package func normalized(
    mean: NDArray, variance: NDArray, gain: NDArray, shift: NDArray, epsilon: Double, rectified: Bool = false
  ) -> NDArray {
    let lines = channelLines("normalized", mean, variance, gain, shift)
    guard dtype == .float32 else {
      return PlainNormalization(channelsOf: shape).apply(
        self, mean.elements(), variance.elements(), gain: gain, shift: shift, epsilon: epsilon, rectified: rectified)
    }
    let y = NDArray(uninitialized: shape, dtype)
    let affine = ChannelAffine(
      lines, mean: mean, variance: variance, gain: gain, shift: shift, epsilon: epsilon, rectified: rectified)
    lines.apply(pointer(to: Float.self), affine, to: y.mutablePointer(to: Float.self))
    return y
  }

  /// The gradients of ``batchNormalized(gain:shift:epsilon:rectified:)`` for this input; `mean` and `variance` are what it
  /// returned. Where the output was rectified, what was cut off is found again from them.
  package func batchNormalizationGradient(
    _ dy: NDArray, mean: NDArray, variance: NDArray, gain: NDArray, shift: NDArray, epsilon: Double,
    rectified: Bool = false
  ) -> (dx: NDArray, gain: NDArray, shift: NDArray) {
    require(dy.shape == shape && dy.dtype == dtype, "batchNormalizationGradient: \(dy.shape) for \(shape)")
    let lines = channelLines("batchNormalizationGradient", mean, variance, gain, shift)
    guard dtype == .float32 else {
      return PlainNormalization(channelsOf: shape).gradient(
        self, dy, mean.elements(), variance.elements(), gain: gain, shift: shift, epsilon: epsilon,
        rectified: rectified)
    }
    let affine = ChannelAffine(
      lines, mean: mean, variance: variance, gain: gain, shift: shift, epsilon: epsilon, rectified: rectified)
    let (x, g) = (pointer(to: Float.self), dy.pointer(to: Float.self))
    let sums = lines.gradientSums(x, g, affine)
    let inverse = (0..<lines.channels).map { 1 / (variance.element($0) + epsilon).squareRoot() }
    var a = sums.first
    var b = sums.second
    for c in 0..<lines.channels {
      let share = gain.element(c) * inverse[c] / Double(lines.rows)
      a[c] *= share
      b[c] *= share * inverse[c] * inverse[c]
    }
    let dx = NDArray(uninitialized: shape, dtype)
    lines.gradient(x, g, affine, a: a, b: b, to: dx.mutablePointer(to: Float.self))
    let gainGradient = NDArray(zip(sums.second, inverse).map { Float($0 * $1) })
    return (dx, gainGradient, NDArray(sums.first.map { Float($0) }))
  }

  private func channelLines(_ name: StaticString, _ perChannel: NDArray...) -> ChannelLines {
    require(
      rank >= 1 && dtype.isFloatingPoint && count > 0, "\(name): \(shape) \(dtype) has no channels of floats")
    for array in perChannel {
      require(
        array.shape == [shape.innermost] && array.dtype == dtype,
        "\(name): \(array.shape) \(array.dtype) for the channels of \(shape) \(dtype)")
    }
    return ChannelLines(rows: count / shape.innermost, channels: shape.innermost)
  }
}

extension ChannelAffine {
  fileprivate init(
    _ lines: ChannelLines, mean: NDArray, variance: NDArray, gain: NDArray, shift: NDArray, epsilon: Double,
    rectified: Bool
  ) {
    let (m, v) = (mean.pointer(to: Float.self), variance.pointer(to: Float.self))
    let (g, s) = (gain.pointer(to: Float.self), shift.pointer(to: Float.self))
    self.init(lines, rectified: rectified) { c in
      (m[c], Float(Double(g[c]) / (Double(v[c]) + epsilon).squareRoot()), s[c])
    }
  }
}
