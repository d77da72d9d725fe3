import CHebbKernels

// Comparisons give a mask: 1 where they hold and 0 elsewhere, in the element type of the operands, with broadcasting.
// Nothing compares with NaN.

extension NDArray {
  /// 1 where an element is greater than that of `b`, with broadcasting; else 0.
  public func greater(than b: NDArray) -> NDArray {
    NDArray.binary("greater", HEBB_GREATER, self, b, { $0 > $1 ? 1 : 0 }, { $0 > $1 ? 1 : 0 })
  }
  /// 1 where an element is greater than a number, rounded to its type; else 0.
  public func greater(than b: Double) -> NDArray {
    NDArray.binary("greater", HEBB_GREATER, self, b, { $0 > $1 ? 1 : 0 }, { $0 > $1 ? 1 : 0 })
  }
  /// 1 where an element is greater than or equal to that of `b`, with broadcasting; else 0.
  public func greaterOrEqual(to b: NDArray) -> NDArray {
    NDArray.binary("greaterOrEqual", HEBB_GREATER_OR_EQUAL, self, b, { $0 >= $1 ? 1 : 0 }, { $0 >= $1 ? 1 : 0 })
  }
  /// 1 where an element is greater than or equal to a number, rounded to its type; else 0.
  public func greaterOrEqual(to b: Double) -> NDArray {
    NDArray.binary("greaterOrEqual", HEBB_GREATER_OR_EQUAL, self, b, { $0 >= $1 ? 1 : 0 }, { $0 >= $1 ? 1 : 0 })
  }
  /// 1 where an element is less than that of `b`, with broadcasting; else 0.
  public func less(than b: NDArray) -> NDArray {
    NDArray.binary("less", HEBB_LESS, self, b, { $0 < $1 ? 1 : 0 }, { $0 < $1 ? 1 : 0 })
  }
  /// 1 where an element is less than a number, rounded to its type; else 0.
  public func less(than b: Double) -> NDArray {
    NDArray.binary("less", HEBB_LESS, self, b, { $0 < $1 ? 1 : 0 }, { $0 < $1 ? 1 : 0 })
  }
  /// 1 where an element is less than or equal to that of `b`, with broadcasting; else 0.
  public func lessOrEqual(to b: NDArray) -> NDArray {
    NDArray.binary("lessOrEqual", HEBB_LESS_OR_EQUAL, self, b, { $0 <= $1 ? 1 : 0 }, { $0 <= $1 ? 1 : 0 })
  }
  /// 1 where an element is less than or equal to a number, rounded to its type; else 0.
  public func lessOrEqual(to b: Double) -> NDArray {
    NDArray.binary("lessOrEqual", HEBB_LESS_OR_EQUAL, self, b, { $0 <= $1 ? 1 : 0 }, { $0 <= $1 ? 1 : 0 })
  }
  /// 1 where an element equals that of `b`, with broadcasting; else 0.
  public func equal(to b: NDArray) -> NDArray {
    NDArray.binary("equal", HEBB_EQUAL, self, b, { $0 == $1 ? 1 : 0 }, { $0 == $1 ? 1 : 0 })
  }
  /// 1 where an element equals a number, rounded to its type; else 0.
  public func equal(to b: Double) -> NDArray {
    NDArray.binary("equal", HEBB_EQUAL, self, b, { $0 == $1 ? 1 : 0 }, { $0 == $1 ? 1 : 0 })
  }

  /// Reads this array as a mask: the element of `a` where it is not 0, else that of `b`. All three broadcast.
  public func select(_ a: NDArray, _ b: NDArray) -> NDArray {
    require(
      dtype == a.dtype && dtype == b.dtype, "select: the elements \(dtype), \(a.dtype) and \(b.dtype) differ")
    guard let shape = shape.broadcast(with: a.shape)?.broadcast(with: b.shape) else {
      fatalError("select: the shapes \(shape), \(a.shape) and \(b.shape) do not broadcast")
    }
    let (mask, a, b) = (broadcast(to: shape), a.broadcast(to: shape), b.broadcast(to: shape))
    let result = NDArray(uninitialized: shape, dtype)
    defer { withExtendedLifetime((mask, a, b)) {} }
    switch dtype {
    case .float32:
      let (m, x, z) = (mask.pointer(to: Float.self), a.pointer(to: Float.self), b.pointer(to: Float.self))
      let y = result.mutablePointer(to: Float.self)
      ThreadPool.shared.elements(shape.count) { range in
        let start = range.lowerBound
        hebb_select(m + start, x + start, z + start, y + start, range.count)
      }
    case .float64: mask.choose(Double.self, a, b, result)
    case .int32: mask.choose(Int32.self, a, b, result)
    case .uint8: mask.choose(UInt8.self, a, b, result)
    }
    return result
  }

  private func choose<T: Scalar>(_: T.Type, _ a: NDArray, _ b: NDArray, _ result: NDArray) {
    let (m, x, z) = (pointer(to: T.self), a.pointer(to: T.self), b.pointer(to: T.self))
    let y = result.mutablePointer(to: T.self)
    for i in 0..<count { y[i] = m[i] != 0 ? x[i] : z[i] }
  }

  /// Whether no element is infinite or NaN.
  public var allFinite: Bool {
    switch dtype {
    case .float32: hebb_all_finite(pointer(), count) != 0
    case .float64: read { (x: UnsafeBufferPointer<Double>) in x.allSatisfy(\.isFinite) }
    case .int32, .uint8: true
    }
  }
}
