import CHebbKernels

extension NDArray {
  /// Layer normalisation of `[…, width]` over its last axis.
  ///
  ///     y = (x − mean) · inverse · gain + shift          inverse = 1 / √(variance + ε)
  ///
  /// `gain` and `shift` have shape `[width]`; without them they are 1 and 0. `mean` and `inverse` have the shape of the rows.
  ///
  /// - Source: Ba, Kiros and Hinton 2016, arXiv:1607.06450.
  package func layerNormalized(
    gain: NDArray?, shift: NDArray?, epsilon: Double
  ) -> (y: NDArray, mean: NDArray, inverse: NDArray) {
    checkRows("layerNormalized", gain, shift)
    let rowShape = shape.removing(-1)
    guard dtype == .float32 else {
      let plain = PlainNormalization(rowsOf: shape)
      let (mean, variance) = plain.moments(self)
      let inverse = variance.map { 1 / ($0 + epsilon).squareRoot() }
      let y = plain.apply(self, mean, variance, gain: gain, shift: shift, epsilon: epsilon)
      return (y, NDArray(mean, shape: rowShape), NDArray(inverse, shape: rowShape))
    }
    let y = NDArray(uninitialized: shape, dtype)
    let mean = NDArray(uninitialized: rowShape, dtype)
    let inverse = NDArray(uninitialized: rowShape, dtype)
    let (x, out) = (pointer(to: Float.self), y.mutablePointer(to: Float.self))
    let (m, v) = (mean.mutablePointer(to: Float.self), inverse.mutablePointer(to: Float.self))
    let width = shape.innermost
    let kernels = hebb_normalization_table(hebb_isa()).pointee
    let inPiece = Swift.max(1, 16_384 / width)
    shareWork((rowShape.count + inPiece - 1) / inPiece, elements: count) { piece in
      let first = piece * inPiece
      var numbers = rowNorm(rows: Swift.min(inPiece, rowShape.count - first), gain, shift, epsilon)
      kernels.rows(&numbers, x + first * width, out + first * width, m + first, v + first)
    }
    return (y, mean, inverse)
  }

  /// The gradients of ``layerNormalized(gain:shift:epsilon:)`` for this input; `mean` and `inverse` are what it returned.
  package func layerNormalizationGradient(
    _ dy: NDArray, mean: NDArray, inverse: NDArray, gain: NDArray?
  ) -> (dx: NDArray, gain: NDArray, shift: NDArray) {
    require(dy.shape == shape && dy.dtype == dtype, "layerNormalizationGradient: \(dy.shape) for \(shape)")
    checkRows("layerNormalizationGradient", gain, nil)
    guard dtype == .float32 else {
      let variance = inverse.elements(as: Double.self).map { 1 / ($0 * $0) }
      return PlainNormalization(rowsOf: shape).gradient(
        self, dy, mean.elements(), variance, gain: gain, shift: nil, epsilon: 0)
    }
    let width = shape.innermost
    let rows = mean.count
    let inPiece = Swift.min(4_096, Swift.max((rows + 63) / 64, 16_384 / width, 1))
    let pieces = (rows + inPiece - 1) / inPiece
    let dx = NDArray(uninitialized: shape, dtype)
    let partial = NDArray.zeros([pieces, 2, width])
    let (x, g, out) = (pointer(to: Float.self), dy.pointer(to: Float.self), dx.mutablePointer(to: Float.self))
    let (m, v) = (mean.pointer(to: Float.self), inverse.pointer(to: Float.self))
    let sums = partial.mutablePointer(to: Float.self)
    let kernels = hebb_normalization_table(hebb_isa()).pointee
    shareWork(pieces, elements: count) { piece in
      let first = piece * inPiece
      let at = first * width
      var numbers = rowNorm(rows: Swift.min(inPiece, rows - first), gain, nil, 0)
      let own = sums + piece * 2 * width
      kernels.rows_gradient(&numbers, x + at, g + at, m + first, v + first, out + at, own, own + width)
    }
    let joined = partial.joinedPieces()
    return (dx, joined.row(0), joined.row(1))
  }

  /// The sum over the first axis in its order, in Double: how pieces of work are joined.
  private func joinedPieces() -> NDArray {
    let pieces = shape[0]
    let width = shape[1] * shape[2]
    var sums = [Double](repeating: 0, count: width)
    let x = pointer(to: Float.self)
    for piece in 0..<pieces {
      for i in 0..<width { sums[i] += Double(x[piece * width + i]) }
    }
    return NDArray(sums.map { Float($0) }, shape: shape.removing(0))
  }

  private func rowNorm(rows: Int, _ gain: NDArray?, _ shift: NDArray?, _ epsilon: Double) -> hebb_row_norm {
    hebb_row_norm(
      rows: rows, width: shape.innermost, epsilon: Float(epsilon), gain: gain?.pointer(to: Float.self),
      shift: shift?.pointer(to: Float.self))
  }

  private func checkRows(_ name: StaticString, _ gain: NDArray?, _ shift: NDArray?) {
    require(rank >= 1 && dtype.isFloatingPoint && shape.innermost > 0, "\(name): \(shape) \(dtype) has no rows")
    for array in [gain, shift] {
      guard let array else { continue }
      require(
        array.shape == [shape.innermost] && array.dtype == dtype,
        "\(name): \(array.shape) \(array.dtype) for the last axis of \(shape) \(dtype)")
    }
  }
}
