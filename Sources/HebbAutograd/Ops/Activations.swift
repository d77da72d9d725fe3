import HebbArrays

extension Tensor {
  /// The activation of the op before, as an op of its own.
  ///
  /// - Shape: any → the same.
  public func activated(by activation: FusedActivation) -> Tensor {
    switch activation {
    case .none: self
    case .relu: relu()
    case .tanh: tanh()
    case .sigmoid: sigmoid()
    }
  }

  /// The rectifier: y = max(0, x), ∂y/∂x = 1 where x > 0, else 0.
  ///
  /// - Shape: any → the same.
  /// - Source: Nair and Hinton 2010, "Rectified linear units improve restricted Boltzmann machines".
  public func relu() -> Tensor {
    let y = value.relu()
    return Tensor(y, from: self) { dy in [y.gating(dy)] }
  }

  /// y = x where x > 0, else slope · x.
  ///
  /// - Shape: any → the same.
  /// - Source: Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".
  public func leakyReLU(slope: Double = 0.01) -> Tensor {
    let factor = value.leakySlope(slope)
    return Tensor(value * factor, from: self) { dy in [dy * factor] }
  }

  /// y = x where x > 0, else a · x, with slopes a that broadcast to x.
  ///
  /// - Shape: any, slopes that broadcast to it → the shape of x.
  /// - Source: He, Zhang, Ren and Sun 2015, arXiv:1502.01852.
  public func prelu(_ slopes: Tensor) -> Tensor {
    let (x, a) = (value, slopes.value)
    let isPositive = x.greater(than: 0)
    let (needsInput, needsSlopes) = (isTracked, slopes.isTracked)
    return Tensor(isPositive.select(x, x * a), from: self, slopes) { dy in
      [
        needsInput ? isPositive.select(dy, dy * a).sum(to: x.shape) : nil,
        needsSlopes ? (dy * NDArray.minimum(x, 0)).sum(to: a.shape) : nil,
      ]
    }
  }

  /// y = x where x > 0, else α (eˣ − 1), with α ≥ 0; ∂y/∂x = 1 where x > 0, else y + α.
  ///
  /// - Shape: any → the same.
  /// - Source: Clevert, Unterthiner and Hochreiter 2015, arXiv:1511.07289.
  public func elu(alpha: Double = 1) -> Tensor {
    require(alpha >= 0, "elu: α = \(alpha) is negative")
    let y = value.elu(alpha: alpha)
    return Tensor(y, from: self) { dy in [dy * y.eluSlope(alpha: alpha)] }
  }

  /// y = λ x where x > 0, else λ α (eˣ − 1), with the constants of Klambauer et al. 2017, arXiv:1706.02515.
  ///
  /// - Shape: any → the same.
  public func selu() -> Tensor { elu(alpha: 1.6732632423543772848170429916717) * 1.0507009873554804934193349852946 }

  /// y = x Φ(x), ∂y/∂x = Φ(x) + x φ(x), with the normal distribution's Φ(x) = ½ (1 + erf(x / √2)) and density φ.
  ///
  /// - Shape: any → the same.
  /// - Source: Hendrycks and Gimpel 2016, "Gaussian error linear units", arXiv:1606.08415.
  public func gelu() -> Tensor {
    let x = value
    return Tensor(x.gelu(), from: self) { dy in [NDArray.geluGradient(x: x, dy: dy)] }
  }

  /// The approximation y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).
  ///
  /// - Shape: any → the same.
  /// - Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
  public func geluTanh() -> Tensor {
    let x = value
    return Tensor(x.geluTanh(), from: self) { dy in [NDArray.geluTanhGradient(x: x, dy: dy)] }
  }

  /// y = x σ(x), ∂y/∂x = σ(x) (1 + x (1 − σ(x))).
  ///
  /// - Shape: any → the same.
  /// - Source: Elfwing, Uchibe and Doya 2018, arXiv:1702.03118.
  public func silu() -> Tensor {
    let x = value
    return Tensor(x.silu(), from: self) { dy in [NDArray.siluGradient(x: x, dy: dy)] }
  }

  /// y = 1 / (1 + e⁻ˣ), ∂y/∂x = y (1 − y).
  ///
  /// - Shape: any → the same.
  public func sigmoid() -> Tensor {
    let y = value.sigmoid()
    return Tensor(y, from: self) { dy in [NDArray.sigmoidGradient(y: y, dy: dy)] }
  }

  /// y = x/6 + ½ held within 0…1.
  ///
  /// - Shape: any → the same.
  public func hardSigmoid() -> Tensor { (self / 6 + 0.5).clamped(to: 0...1) }

  /// y = tanh x, ∂y/∂x = 1 − y².
  ///
  /// - Shape: any → the same.
  public func tanh() -> Tensor {
    let y = value.tanh()
    return Tensor(y, from: self) { dy in [NDArray.tanhGradient(y: y, dy: dy)] }
  }

  /// y = ln (1 + eˣ), ∂y/∂x = σ(x).
  ///
  /// - Shape: any → the same.
  public func softplus() -> Tensor {
    let x = value
    return Tensor(x.softplus(), from: self) { dy in [dy * x.sigmoid()] }
  }

  /// y = eˣ / Σ eˣ over the last axis.
  ///
  /// - Shape: `[…, classes]` → the same; ∂/∂x = y (dy − Σ y dy).
  public func softmax() -> Tensor {
    let y = value.softmax()
    return Tensor(y, from: self) { dy in [NDArray.softmaxGradient(y: y, dy: dy)] }
  }

  /// y = x − ln Σ eˣ over the last axis.
  ///
  /// - Shape: `[…, classes]` → the same; ∂/∂x = dy − eʸ Σ dy.
  public func logSoftmax() -> Tensor {
    let y = value.logSoftmax()
    return Tensor(y, from: self) { dy in [NDArray.logSoftmaxGradient(y: y, dy: dy)] }
  }

  /// The largest of each run of `pieces` neighbours on the last axis.
  ///
  /// - Shapes: `[…, units · pieces]` → `[…, units]`.
  /// - Source: Goodfellow et al. 2013, "Maxout networks", arXiv:1302.4389.
  public func maxout(pieces: Int) -> Tensor {
    require(
      pieces > 0 && shape.innermost % pieces == 0, "maxout: \(pieces) pieces do not divide the last axis of \(shape)")
    let units = shape.replacing(-1, with: shape.innermost / pieces)
    return reshaped(units.inserting(pieces, at: -1)).max(axes: [rank])
  }

  /// Sets elements to 0 with a probability while the network is trained, and scales the others by 1 / (1 − probability).
  ///
  /// - Shape: any → the same.
  /// - Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting".
  public func dropped(probability: Double) -> Tensor {
    require(probability >= 0 && probability < 1, "dropout with probability \(probability) is not in 0..<1")
    guard Pass.phase == .training, probability > 0 else { return self }
    var random = Pass.random()
    let mask = NDArray.bernoulli(shape, probability: 1 - probability, dtype: dtype, using: &random) / (1 - probability)
    return Tensor(value * mask, from: self) { dy in [dy * mask] }
  }
}
