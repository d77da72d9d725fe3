import CHebbKernels

/// A way to make one number of many.
enum Reduction {
  case sum, sumOfSquares, maximum, minimum

  /// The same on the kernels' side.
  var kernel: Int32 {
    switch self {
    case .sum: Int32(HEBB_SUM.rawValue)
    case .sumOfSquares: Int32(HEBB_SUM_OF_SQUARES.rawValue)
    case .maximum: Int32(HEBB_MAXIMUM.rawValue)
    case .minimum: Int32(HEBB_MINIMUM.rawValue)
    }
  }

  /// What joins partial results.
  var join: Reduction { self == .sumOfSquares ? .sum : self }
}

extension NDArray {
  /// Reduces over axes, one run of neighbouring axes at a time, the innermost first.
  func reduced(_ reduction: Reduction, over axes: AxisSet, keeping: Bool) -> NDArray {
    if count == 0, reduction == .maximum || reduction == .minimum {
      fatalError("an empty array of shape \(shape) has no largest or smallest element")
    }
    var reduction = reduction
    var result = self
    var inner = 1
    var axis = rank - 1
    var touched = false
    while axis >= 0 {
      if shape[axis] == 1 || !axes.contains(axis) {
        inner *= shape[axis]
        axis -= 1
        continue
      }
      var length = 1
      while axis >= 0, axes.contains(axis) || shape[axis] == 1 {
        length *= shape[axis]
        axis -= 1
      }
      var outer = 1
      for i in 0..<axis + 1 { outer *= shape[i] }
      result = result.reducedRun(reduction, outer, length, inner)
      reduction = reduction.join
      touched = true
    }
    if !touched, reduction == .sumOfSquares { result = squared() }
    let shape = axes.removed(from: shape, keeping: keeping)
    return NDArray(storage: result.storage, offset: result.offset, shape: shape, dtype: dtype)
  }

  /// Reduces the middle axis of `[outer, length, inner]`.
  private func reducedRun(_ reduction: Reduction, _ outer: Int, _ length: Int, _ inner: Int) -> NDArray {
    switch dtype {
    case .float32:
      if outer * inner == 0 || length == 0 { return NDArray.zeros([outer, inner]) }
      return inner == 1 ? reducedRows(reduction, outer, length) : reducedColumns(reduction, outer, length, inner)
    case .float64:
      switch reduction {
      case .sum: return plain(0.0, outer, length, inner) { $0 + $1 }
      case .sumOfSquares: return plain(0.0, outer, length, inner) { $0.addingProduct($1, $1) }
      case .maximum: return plain(-Double.infinity, outer, length, inner) { $1 > $0 || $1.isNaN ? $1 : $0 }
      case .minimum: return plain(Double.infinity, outer, length, inner) { $1 < $0 || $1.isNaN ? $1 : $0 }
      }
    case .int32:
      switch reduction {
      case .sum: return plain(Int32(0), outer, length, inner) { $0 &+ $1 }
      case .sumOfSquares: return plain(Int32(0), outer, length, inner) { $0 &+ $1 &* $1 }
      case .maximum: return plain(Int32.min, outer, length, inner) { Swift.max($0, $1) }
      case .minimum: return plain(Int32.max, outer, length, inner) { Swift.min($0, $1) }
      }
    case .uint8: fatalError("uint8 elements are not summed: cast the array of \(shape) first")
    }
  }

  private func reducedRows(_ reduction: Reduction, _ outer: Int, _ length: Int) -> NDArray {
    let x = pointer(to: Float.self)
    let op = reduction.kernel
    let piece = Int(HEBB_PIECE)
    guard outer < 16, length >= ThreadPool.worthSharing else {
      let result = NDArray(uninitialized: [outer, 1], .float32)
      let y = result.mutablePointer(to: Float.self)
      ThreadPool.shared.rows(outer, width: length) { range in
        for row in range { y[row] = hebb_reduce_row(op, x + row * length, length) }
      }
      return result
    }
    // Few long rows: the pieces of a row are shared, and joined in the order that the kernel joins them.
    let pieces = (length + piece - 1) / piece
    let partial = NDArray(uninitialized: [outer, pieces], .float32)
    let y = partial.mutablePointer(to: Float.self)
    ThreadPool.shared.ranges(outer * pieces, length: 4, elements: outer * length) { range in
      for index in range {
        let start = index % pieces * piece
        y[index] = hebb_reduce_row(op, x + index / pieces * length + start, Swift.min(piece, length - start))
      }
    }
    for row in 0..<outer {
      hebb_reduce_join(op, y + row * pieces, pieces, 1)
      y[row] = y[row * pieces]
    }
    return partial
  }

  private func reducedColumns(_ reduction: Reduction, _ outer: Int, _ length: Int, _ inner: Int) -> NDArray {
    let piece = Int(HEBB_PIECE)
    let pieces = (length + piece - 1) / piece
    let partial = NDArray(uninitialized: [pieces, outer, inner], .float32)
    let x = pointer(to: Float.self)
    let y = partial.mutablePointer(to: Float.self)
    let op = reduction.kernel
    let width = outer * pieces >= 16 ? inner : Swift.max(64, (inner / 16 + 63) / 64 * 64)
    let blocks = (inner + width - 1) / width
    ThreadPool.shared.ranges(pieces * outer * blocks, length: 1, elements: outer * length * inner) { range in
      for index in range {
        let column = index % blocks * width
        let (block, part) = (index / blocks % outer, index / blocks / outer)
        let row = part * piece
        hebb_reduce_columns(
          op, x + (block * length + row) * inner + column, Swift.min(piece, length - row), inner,
          y + (part * outer + block) * inner + column, Swift.min(width, inner - column))
      }
    }
    hebb_reduce_join(op, y, pieces, outer * inner)
    return partial
  }

  private func plain<T: Scalar>(
    _ start: T, _ outer: Int, _ length: Int, _ inner: Int, _ step: (T, T) -> T
  ) -> NDArray {
    let result = NDArray(uninitialized: [outer, inner], T.dtype)
    let x = pointer(to: T.self)
    let y = result.mutablePointer(to: T.self)
    for i in 0..<outer {
      for j in 0..<inner {
        var value = start
        for k in 0..<length { value = step(value, x[(i * length + k) * inner + j]) }
        y[i * inner + j] = value
      }
    }
    return result
  }
}
