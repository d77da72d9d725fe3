import HebbArrays

extension Tensor {
  /// The sum, element by element, with broadcasting: ∂/∂a = dy, ∂/∂b = dy.
  ///
  /// - Shape: any two that broadcast → the broadcast shape.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, a.value + b.value) { dy in
      dy
    } _: { dy in
      dy
    }
  }

  /// The difference, element by element, with broadcasting: ∂/∂a = dy, ∂/∂b = −dy.
  ///
  /// - Shape: any two that broadcast → the broadcast shape.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    binary(a, b, a.value - b.value) { dy in
      dy
    } _: { dy in
      -dy
    }
  }

  /// The product, element by element, with broadcasting: ∂/∂a = dy b, ∂/∂b = dy a.
  ///
  /// - Shape: any two that broadcast → the broadcast shape.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    let (x, y) = (a.value, b.value)
    return binary(a, b, x * y) { dy in
      dy * y
    } _: { dy in
      dy * x
    }
  }

  /// The quotient, element by element, with broadcasting: ∂/∂a = dy / b, ∂/∂b = −dy y / b.
  ///
  /// - Shape: any two that broadcast → the broadcast shape.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    let divisor = b.value
    let y = a.value / divisor
    return binary(a, b, y) { dy in
      dy / divisor
    } _: { dy in
      -(dy * y / divisor)
    }
  }

  /// The larger of two, element by element, with broadcasting. The gradient goes to the larger; where both are equal, half
  /// to each.
  ///
  /// - Shape: any two that broadcast → the broadcast shape.
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (x, y) = (a.value, b.value)
    return binary(a, b, .maximum(x, y)) { dy in
      dy * (x.greater(than: y) + x.equal(to: y) * 0.5)
    } _: { dy in
      dy * (y.greater(than: x) + x.equal(to: y) * 0.5)
    }
  }

  /// The smaller of two, element by element, with broadcasting.
  ///
  /// - Shape: any two that broadcast → the broadcast shape.
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { -maximum(-a, -b) }

  /// −a: ∂/∂a = −dy.
  public static prefix func - (a: Tensor) -> Tensor { Tensor(-a.value, from: a) { dy in [-dy] } }

  /// a + b for a number b: ∂/∂a = dy.
  public static func + (a: Tensor, b: Double) -> Tensor { Tensor(a.value + b, from: a) { dy in [dy] } }
  /// a + b for a number a: ∂/∂b = dy.
  public static func + (a: Double, b: Tensor) -> Tensor { b + a }
  /// a − b for a number b: ∂/∂a = dy.
  public static func - (a: Tensor, b: Double) -> Tensor { Tensor(a.value - b, from: a) { dy in [dy] } }
  /// a − b for a number a: ∂/∂b = −dy.
  public static func - (a: Double, b: Tensor) -> Tensor { Tensor(a - b.value, from: b) { dy in [-dy] } }
  /// a b for a number b: ∂/∂a = dy b.
  public static func * (a: Tensor, b: Double) -> Tensor { Tensor(a.value * b, from: a) { dy in [dy * b] } }
  /// a b for a number a: ∂/∂b = dy a.
  public static func * (a: Double, b: Tensor) -> Tensor { b * a }
  /// a / b for a number b: ∂/∂a = dy / b.
  public static func / (a: Tensor, b: Double) -> Tensor { Tensor(a.value / b, from: a) { dy in [dy / b] } }
  /// y = a / b for a number a: ∂/∂b = −dy y / b.
  public static func / (a: Double, b: Tensor) -> Tensor {
    let divisor = b.value
    let y = a / divisor
    return Tensor(y, from: b) { dy in [-(dy * y / divisor)] }
  }

  /// The op of two tensors; each gradient is computed where it is needed, and summed over stretched axes.
  private static func binary(
    _ a: Tensor, _ b: Tensor, _ y: NDArray, _ left: @escaping (NDArray) -> NDArray,
    _ right: @escaping (NDArray) -> NDArray
  ) -> Tensor {
    let (aShape, bShape) = (a.shape, b.shape)
    let (needsLeft, needsRight) = (a.isTracked, b.isTracked)
    return Tensor(y, from: a, b) { dy in
      [needsLeft ? left(dy).sum(to: aShape) : nil, needsRight ? right(dy).sum(to: bShape) : nil]
    }
  }
}
