import HebbArrays

extension Tensor {
  /// x to a fixed power: y = xᵖ, ∂y/∂x = p xᵖ⁻¹; 0 everywhere for p = 0.
  ///
  /// - Shape: any → the same.
  public func pow(_ exponent: Double) -> Tensor {
    let x = value
    return Tensor(x.pow(exponent), from: self) { dy in
      [exponent == 0 ? .zeros(x.shape, dtype: x.dtype) : dy * (x.pow(exponent - 1) * exponent)]
    }
  }

  /// y = x², ∂y/∂x = 2x.
  ///
  /// - Shape: any → the same.
  public func squared() -> Tensor {
    let x = value
    return Tensor(x.squared(), from: self) { dy in [dy * x * 2] }
  }

  /// y = √x, ∂y/∂x = 1 / 2y.
  ///
  /// - Shape: any → the same.
  public func squareRoot() -> Tensor {
    let y = value.squareRoot()
    return Tensor(y, from: self) { dy in [dy / (y * 2)] }
  }

  /// y = 1/x, ∂y/∂x = −y².
  ///
  /// - Shape: any → the same.
  public func reciprocal() -> Tensor {
    let y = value.reciprocal()
    return Tensor(y, from: self) { dy in [-(dy * y.squared())] }
  }

  /// y = |x|, ∂y/∂x = sign x; 0 at 0.
  ///
  /// - Shape: any → the same.
  public func abs() -> Tensor {
    let x = value
    return Tensor(x.abs(), from: self) { dy in [dy * x.sign()] }
  }

  /// x held within a range; the gradient is 0 outside of it.
  ///
  /// - Shape: any → the same.
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    let x = value
    let y = NDArray.minimum(NDArray.maximum(x, range.lowerBound), range.upperBound)
    return Tensor(y, from: self) { dy in
      [dy * (x.greaterOrEqual(to: range.lowerBound) * x.lessOrEqual(to: range.upperBound))]
    }
  }
}
