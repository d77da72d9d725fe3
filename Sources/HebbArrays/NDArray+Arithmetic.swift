import CHebbKernels

// Arithmetic of two arrays of one element type, element by element, with broadcasting as in NumPy: shapes are aligned at
// the back, and an extent of 1 stretches. A `Double` beside an array is rounded to its element type first. Int32 wraps.

extension NDArray {
  /// The sum aᵢ + bᵢ, with broadcasting; int32 wraps.
  public static func + (a: NDArray, b: NDArray) -> NDArray { binary("+", HEBB_ADD, a, b, { $0 + $1 }, { $0 &+ $1 }) }
  /// The difference aᵢ − bᵢ, with broadcasting; int32 wraps.
  public static func - (a: NDArray, b: NDArray) -> NDArray {
    binary("-", HEBB_SUBTRACT, a, b, { $0 - $1 }, { $0 &- $1 })
  }
  /// The product aᵢ bᵢ, with broadcasting; int32 wraps.
  public static func * (a: NDArray, b: NDArray) -> NDArray {
    binary("*", HEBB_MULTIPLY, a, b, { $0 * $1 }, { $0 &* $1 })
  }
  /// The quotient aᵢ / bᵢ, with broadcasting, of floating-point elements.
  public static func / (a: NDArray, b: NDArray) -> NDArray { binary("/", HEBB_DIVIDE, a, b, { $0 / $1 }) }

  /// aᵢ + b for a number b.
  public static func + (a: NDArray, b: Double) -> NDArray { binary("+", HEBB_ADD, a, b, { $0 + $1 }, { $0 &+ $1 }) }
  /// aᵢ − b for a number b.
  public static func - (a: NDArray, b: Double) -> NDArray {
    binary("-", HEBB_SUBTRACT, a, b, { $0 - $1 }, { $0 &- $1 })
  }
  /// aᵢ b for a number b.
  public static func * (a: NDArray, b: Double) -> NDArray {
    binary("*", HEBB_MULTIPLY, a, b, { $0 * $1 }, { $0 &* $1 })
  }
  /// aᵢ / b for a number b, of floating-point elements.
  public static func / (a: NDArray, b: Double) -> NDArray { binary("/", HEBB_DIVIDE, a, b, { $0 / $1 }) }

  /// a + bᵢ for a number a.
  public static func + (a: Double, b: NDArray) -> NDArray { b + a }
  /// a bᵢ for a number a.
  public static func * (a: Double, b: NDArray) -> NDArray { b * a }
  /// a − bᵢ for a number a.
  public static func - (a: Double, b: NDArray) -> NDArray { full([], a, dtype: b.dtype) - b }
  /// a / bᵢ for a number a, of floating-point elements.
  public static func / (a: Double, b: NDArray) -> NDArray { full([], a, dtype: b.dtype) / b }

  /// The larger of two elements; NaN where either is NaN.
  public static func maximum(_ a: NDArray, _ b: NDArray) -> NDArray {
    binary("maximum", HEBB_LARGER, a, b, { larger($0, $1) }, { Swift.max($0, $1) })
  }
  /// The larger of each element and a number; NaN stays NaN.
  public static func maximum(_ a: NDArray, _ b: Double) -> NDArray {
    binary("maximum", HEBB_LARGER, a, b, { larger($0, $1) }, { Swift.max($0, $1) })
  }
  /// The smaller of two elements; NaN where either is NaN.
  public static func minimum(_ a: NDArray, _ b: NDArray) -> NDArray {
    binary("minimum", HEBB_SMALLER, a, b, { -larger(-$0, -$1) }, { Swift.min($0, $1) })
  }
  /// The smaller of each element and a number; NaN stays NaN.
  public static func minimum(_ a: NDArray, _ b: Double) -> NDArray {
    binary("minimum", HEBB_SMALLER, a, b, { -larger(-$0, -$1) }, { Swift.min($0, $1) })
  }

  private static func larger(_ a: Double, _ b: Double) -> Double { a > b || a.isNaN ? a : b }
}

// MARK: - Fused

extension NDArray {
  /// self + s · a with one rounding, for arrays of one shape.
  package func addingProduct(_ a: NDArray, _ s: Double) -> NDArray {
    require(
      shape == a.shape && dtype == a.dtype, "addingProduct: \(shape) \(dtype) does not match \(a.shape) \(a.dtype)")
    let result = NDArray(uninitialized: shape, dtype)
    switch dtype {
    case .float32:
      let (x, z, y) = (pointer(to: Float.self), a.pointer(to: Float.self), result.mutablePointer(to: Float.self))
      ThreadPool.shared.elements(count) { range in
        let start = range.lowerBound
        hebb_add_product(x + start, z + start, Float(s), y + start, range.count)
      }
    case .float64:
      let (x, z, y) = (pointer(to: Double.self), a.pointer(to: Double.self), result.mutablePointer(to: Double.self))
      for i in 0..<count { y[i] = x[i].addingProduct(z[i], s) }
    case .int32, .uint8: fatalError("addingProduct needs floating-point elements, not \(dtype)")
    }
    return result
  }

  /// Adds an array of the same shape, in place where nobody else holds the memory: for summing gradients.
  package mutating func accumulate(_ other: NDArray) {
    guard dtype == .float32, other.dtype == .float32, shape == other.shape, isKnownUniquelyReferenced(&storage) else {
      require(shape == other.shape, "accumulate: the shapes \(shape) and \(other.shape) differ")
      self = self + other
      return
    }
    let y = mutablePointer(to: Float.self)
    Broadcast(shape, shape)?.run(HEBB_ADD, UnsafePointer(y), other.pointer(to: Float.self), y)
  }

  /// The elements of `other` where self > 0, else 0: the gradient of ReLU, self being its result or its input.
  package func gating(_ other: NDArray) -> NDArray {
    NDArray.binary("gating", HEBB_GATE, self, other, { $0 > 0 ? $1 : 0 })
  }
  /// dy · (1 − y²) for y = tanh x.
  package static func tanhGradient(y: NDArray, dy: NDArray) -> NDArray {
    binary("tanhGradient", HEBB_TANH_GRADIENT, y, dy, { $1 * (1 - $0 * $0) })
  }
  /// dy · y (1 − y) for y = sigmoid x.
  package static func sigmoidGradient(y: NDArray, dy: NDArray) -> NDArray {
    binary("sigmoidGradient", HEBB_SIGMOID_GRADIENT, y, dy, { $1 * $0 * (1 - $0) })
  }
}

extension Broadcast {
  fileprivate func copy<T: Scalar>(_: T.Type, _ source: NDArray, to result: NDArray) {
    let y = result.mutablePointer(to: T.self)
    run(source.pointer(to: T.self), UnsafePointer(y), y) { x, _ in x }
  }
}
