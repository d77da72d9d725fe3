import HebbArrays

extension Tensor {
  /// y = eˣ, ∂y/∂x = y.
  ///
  /// - Shape: any → the same.
  public func exp() -> Tensor {
    let y = value.exp()
    return Tensor(y, from: self) { dy in [dy * y] }
  }

  /// y = eˣ − 1, accurate near 0; ∂y/∂x = y + 1.
  ///
  /// - Shape: any → the same.
  public func expm1() -> Tensor {
    let y = value.expm1()
    return Tensor(y, from: self) { dy in [dy * (y + 1)] }
  }

  /// y = ln x, ∂y/∂x = 1/x.
  ///
  /// - Shape: any → the same.
  public func log() -> Tensor {
    let x = value
    return Tensor(x.log(), from: self) { dy in [dy / x] }
  }

  /// y = ln (1 + x), accurate near 0; ∂y/∂x = 1 / (1 + x).
  ///
  /// - Shape: any → the same.
  public func log1p() -> Tensor {
    let x = value
    return Tensor(x.log1p(), from: self) { dy in [dy / (x + 1)] }
  }

  /// y = sin x, ∂y/∂x = cos x.
  ///
  /// - Shape: any → the same.
  public func sin() -> Tensor {
    let x = value
    return Tensor(x.sin(), from: self) { dy in [dy * x.cos()] }
  }

  /// y = cos x, ∂y/∂x = −sin x.
  ///
  /// - Shape: any → the same.
  public func cos() -> Tensor {
    let x = value
    return Tensor(x.cos(), from: self) { dy in [-(dy * x.sin())] }
  }

  /// y = erf x, ∂y/∂x = 2/√π e^(−x²).
  ///
  /// - Shape: any → the same.
  public func erf() -> Tensor {
    let x = value
    return Tensor(x.erf(), from: self) { dy in [dy * ((-x.squared()).exp() * 1.1283791670955126)] }
  }
}
