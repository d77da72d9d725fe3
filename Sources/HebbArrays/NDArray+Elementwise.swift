import CHebbKernels

// Functions of each element. Float32 runs on the kernels, with at most two units in the last place of error; float64 on
// `Mathematics`. The shape stays.

extension NDArray {
  /// The magnitude of each element.
  public func abs() -> NDArray { unary("abs", HEBB_ABSOLUTE, { Swift.abs($0) }, { $0 < 0 ? 0 &- $0 : $0 }) }
  /// x².
  public func squared() -> NDArray { unary("squared", HEBB_SQUARE, { $0 * $0 }, { $0 &* $0 }) }
  /// √x, correctly rounded; NaN below zero.
  public func squareRoot() -> NDArray { unary("squareRoot", HEBB_ROOT, { $0.squareRoot() }) }
  /// 1 / x, correctly rounded.
  public func reciprocal() -> NDArray { unary("reciprocal", HEBB_RECIPROCAL, { 1 / $0 }) }
  /// eˣ.
  public func exp() -> NDArray { unary("exp", HEBB_EXP, Mathematics.exp) }
  /// eˣ − 1, exact to the last places near zero.
  public func expm1() -> NDArray { unary("expm1", HEBB_EXPM1, Mathematics.expm1) }
  /// The natural logarithm; −∞ at zero, NaN below.
  public func log() -> NDArray { unary("log", HEBB_LOG, Mathematics.log) }
  /// log(1 + x), exact to the last places near zero.
  public func log1p() -> NDArray { unary("log1p", HEBB_LOG1P, Mathematics.log1p) }
  /// The hyperbolic tangent.
  public func tanh() -> NDArray { unary("tanh", HEBB_TANH, Mathematics.tanh) }
  /// The logistic function 1 / (1 + e⁻ˣ).
  public func sigmoid() -> NDArray { unary("sigmoid", HEBB_SIGMOID, Mathematics.sigmoid) }
  /// The error function 2/√π ∫₀ˣ exp(−t²) dt.
  public func erf() -> NDArray { unary("erf", HEBB_ERF, Mathematics.erf) }
  /// log(1 + eˣ), without overflow.
  public func softplus() -> NDArray { unary("softplus", HEBB_SOFTPLUS, Mathematics.softplus) }
  /// The sine of an angle in radians.
  public func sin() -> NDArray { unary("sin", HEBB_SIN, Mathematics.sin) }
  /// The cosine of an angle in radians.
  public func cos() -> NDArray { unary("cos", HEBB_COS, Mathematics.cos) }
  /// max(x, 0). NaN stays NaN.
  public func relu() -> NDArray { unary("relu", HEBB_RELU, { $0 < 0 ? 0 : $0 }, { Swift.max($0, 0) }) }
  /// −1, 0 or 1. NaN stays NaN.
  public func sign() -> NDArray { unary("sign", HEBB_SIGN, { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, { $0.signum() }) }
  /// The largest whole number that is not above each element.
  public func floor() -> NDArray { unary("floor", HEBB_FLOOR, { $0.rounded(.down) }, { $0 }) }

  /// Each element with the other sign.
  public static prefix func - (x: NDArray) -> NDArray { x.unary("negation", HEBB_NEGATE, { -$0 }, { 0 &- $0 }) }

  /// Each element to a power. NaN for a negative element and a power that is not whole.
  public func pow(_ exponent: Double) -> NDArray {
    switch exponent {
    case 1: return self
    case 2: return squared()
    case 0.5 where dtype.isFloatingPoint: return squareRoot()
    case -1 where dtype.isFloatingPoint: return reciprocal()
    default: break
    }
    switch dtype {
    case .float32: return power(Float.self, exponent)
    case .float64: return power(Double.self, exponent)
    case .int32, .uint8: fatalError("pow needs floating-point elements, not \(dtype), for \(shape)")
    }
  }

  private func power<T: Scalar>(_: T.Type, _ exponent: Double) -> NDArray {
    let result = NDArray(uninitialized: shape, dtype)
    let x = pointer(to: T.self)
    let y = result.mutablePointer(to: T.self)
    ThreadPool.shared.elements(count) { range in
      for i in range { y[i] = T(rounding: Mathematics.pow(x[i].double, exponent)) }
    }
    return result
  }
}

extension NDArray {
  /// A function of each element: a kernel for float32, plain Swift for the other types that it makes sense for.
  func unary(
    _ name: StaticString, _ op: hebb_unary, _ double: (Double) -> Double, _ int32: ((Int32) -> Int32)? = nil
  ) -> NDArray {
    let result = NDArray(uninitialized: shape, dtype)
    write(name, op, double, int32, to: result)
    return result
  }

  /// Writes a function of each element into `result`, which may be this array itself.
  func write(
    _ name: StaticString, _ op: hebb_unary, _ double: (Double) -> Double, _ int32: ((Int32) -> Int32)? = nil,
    to result: NDArray
  ) {
    switch dtype {
    case .float32:
      let x = pointer(to: Float.self)
      let y = result.mutablePointer(to: Float.self)
      ThreadPool.shared.elements(count) { range in
        hebb_unary(Int32(op.rawValue), x + range.lowerBound, y + range.lowerBound, range.count)
      }
    case .float64: apply(double, to: result)
    case .int32:
      guard let int32 else { fatalError("\(name) needs floating-point elements, not int32, for \(shape)") }
      apply(int32, to: result)
    case .uint8: fatalError("\(name) is not made for uint8 elements: cast the array of \(shape) first")
    }
  }

  private func apply<T: Scalar>(_ function: (T) -> T, to result: NDArray) {
    let x = pointer(to: T.self)
    let y = result.mutablePointer(to: T.self)
    for i in 0..<count { y[i] = function(x[i]) }
  }
}
