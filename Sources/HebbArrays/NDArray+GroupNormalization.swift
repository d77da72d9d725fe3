extension NDArray {
  /// Group normalisation of `[batch, …, channels]`: each picture's channels fall into `groups` of neighbours, and each
  /// group is normalised over all pixels. As many groups as channels make it instance normalisation.
  ///
  ///     y = (x − mean) · inverse · gain + shift          inverse = 1 / √(variance + ε)
  ///
  /// `gain` and `shift` have shape `[channels]`; `mean` and `inverse` have `[batch, groups]`.
  ///
  /// - Source: Wu and He 2018, arXiv:1803.08494.
  package func groupNormalized(
    groups: Int, gain: NDArray, shift: NDArray, epsilon: Double
  ) -> (y: NDArray, mean: NDArray, inverse: NDArray) {
    let lines = pictureLines("groupNormalized", groups, gain, shift)
    let statistics: Shape = [shape[0], groups]
    guard dtype == .float32 else {
      let plain = PlainNormalization(groupsOf: shape, groups)
      let (mean, variance) = plain.moments(self)
      let inverse = variance.map { 1 / ($0 + epsilon).squareRoot() }
      let y = plain.apply(self, mean, variance, gain: gain, shift: shift, epsilon: epsilon)
      return (y, NDArray(mean, shape: statistics), NDArray(inverse, shape: statistics))
    }
    let y = NDArray(uninitialized: shape, dtype)
    let mean = NDArray(uninitialized: statistics, dtype)
    let inverse = NDArray(uninitialized: statistics, dtype)
    let (x, out) = (pointer(to: Float.self), y.mutablePointer(to: Float.self))
    let (m, v) = (mean.mutablePointer(to: Float.self), inverse.mutablePointer(to: Float.self))
    let size = lines.rows * lines.channels
    shareWork(shape[0], elements: count) { picture in
      let moments = lines.moments(x + picture * size)
      for group in 0..<groups {
        let (average, variance) = moments.joined(lines, group: group, of: groups)
        m[picture * groups + group] = Float(average)
        v[picture * groups + group] = Float(1 / (variance + epsilon).squareRoot())
      }
      let affine = ChannelAffine(lines, groups, m + picture * groups, v + picture * groups, gain, shift)
      lines.apply(x + picture * size, affine, to: out + picture * size)
    }
    return (y, mean, inverse)
  }

  /// The gradients of ``groupNormalized(groups:gain:shift:epsilon:)`` for this input; `mean` and `inverse` are what it
  /// returned.
  package func groupNormalizationGradient(
    _ dy: NDArray, groups: Int, mean: NDArray, inverse: NDArray, gain: NDArray
  ) -> (dx: NDArray, gain: NDArray, shift: NDArray) {
    require(dy.shape == shape && dy.dtype == dtype, "groupNormalizationGradient: \(dy.shape) for \(shape)")
    let lines = pictureLines("groupNormalizationGradient", groups, gain, gain)
    guard dtype == .float32 else {
      let variance = inverse.elements(as: Double.self).map { 1 / ($0 * $0) }
      return PlainNormalization(groupsOf: shape, groups).gradient(
        self, dy, mean.elements(), variance, gain: gain, shift: nil, epsilon: 0)
    }
    let dx = NDArray(uninitialized: shape, dtype)
    let channels = lines.channels
    let inGroup = channels / groups
    let sums = NDArray(uninitialized: [shape[0], 2, channels], .float64)  // of dy · x̂ and dy, by picture
    let s = sums.mutablePointer(to: Double.self)
    let (x, g, out) = (pointer(to: Float.self), dy.pointer(to: Float.self), dx.mutablePointer(to: Float.self))
    let (m, v, w) = (mean.pointer(to: Float.self), inverse.pointer(to: Float.self), gain.pointer(to: Float.self))
    let size = lines.rows * channels
    shareWork(shape[0], elements: count) { picture in
      let (m, v) = (m + picture * groups, v + picture * groups)
      let affine = ChannelAffine(lines, groups, m, v, gain, nil)
      let pair = lines.gradientSums(x + picture * size, g + picture * size, affine)
      let own = s + picture * 2 * channels
      var a = [Double](repeating: 0, count: channels)
      var b = a
      for group in 0..<groups {
        let members = group * inGroup..<(group + 1) * inGroup
        let scale = Double(v[group])
        let share = scale / Double(lines.rows * inGroup)
        let sum = members.reduce(0) { $0 + Double(w[$1]) * pair.first[$1] } * share
        let product = members.reduce(0) { $0 + Double(w[$1]) * pair.second[$1] } * share * scale * scale
        for c in members {
          (a[c], b[c]) = (sum, product)
          own[c] = pair.second[c] * scale
          own[channels + c] = pair.first[c]
        }
      }
      lines.gradient(x + picture * size, g + picture * size, affine, a: a, b: b, to: out + picture * size)
    }
    var totals = [Double](repeating: 0, count: 2 * channels)
    for picture in 0..<shape[0] {
      for i in totals.indices { totals[i] += s[picture * 2 * channels + i] }
    }
    withExtendedLifetime(sums) {}
    let joined = NDArray(totals.map { Float($0) }, shape: [2, channels])
    return (dx, joined.row(0), joined.row(1))
  }

  private func pictureLines(_ name: StaticString, _ groups: Int, _ gain: NDArray, _ shift: NDArray) -> ChannelLines {
    let channels = shape.innermost
    require(
      rank >= 2 && dtype.isFloatingPoint && count > 0 && groups > 0 && channels % groups == 0,
      "\(name): \(shape) \(dtype) is not [batch, …, channels] of floats with channels for \(groups) groups")
    for array in [gain, shift] {
      require(
        array.shape == [channels] && array.dtype == dtype,
        "\(name): \(array.shape) \(array.dtype) for the channels of \(shape) \(dtype)")
    }
    return ChannelLines(rows: count / (shape[0] * channels), channels: channels)
  }
}

extension ChannelPair {
  /// Mean and variance of one group of channels, from the moments of its channels.
  fileprivate func joined(_ lines: ChannelLines, group: Int, of groups: Int) -> (mean: Double, variance: Double) {
    let inGroup = lines.channels / groups
    let members = group * inGroup..<(group + 1) * inGroup
    let mean = members.reduce(0) { $0 + first[$1] } / Double(inGroup)
    let deviation = members.reduce(0) { sum, c in
      sum + second[c] + Double(lines.rows) * (first[c] - mean) * (first[c] - mean)
    }
    return (mean, deviation / Double(lines.rows * inGroup))
  }
}

extension ChannelAffine {
  /// The factors of one picture, whose groups have the given statistics.
  fileprivate init(
    _ lines: ChannelLines, _ groups: Int, _ mean: UnsafePointer<Float>, _ inverse: UnsafePointer<Float>,
    _ gain: NDArray, _ shift: NDArray?
  ) {
    let inGroup = lines.channels / groups
    let (w, s) = (gain.pointer(to: Float.self), shift?.pointer(to: Float.self))
    self.init(lines) { c in (mean[c / inGroup], w[c] * inverse[c / inGroup], s?[c] ?? 0) }
  }
}
