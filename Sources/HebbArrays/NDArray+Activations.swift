import CHebbKernels

// Activations of networks, and their gradients, in one pass each. Float32 on the kernels, float64 on `Mathematics`.

extension NDArray {
  /// x Φ(x), with Φ(x) = ½ (1 + erf(x / √2)).
  package func gelu() -> NDArray { unary("gelu", HEBB_GELU, { $0 * NDArray.normal($0) }) }
  /// dy · (Φ(x) + x φ(x)), with the density φ(x) = e^(−x² / 2) / √2π.
  package static func geluGradient(x: NDArray, dy: NDArray) -> NDArray {
    binary("geluGradient", HEBB_GELU_GRADIENT, x, dy) {
      $1 * (normal($0) + $0 * Mathematics.exp(-0.5 * $0 * $0) * 0.39894228040143268)
    }
  }

  /// ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).
  package func geluTanh() -> NDArray {
    unary("geluTanh", HEBB_GELU_TANH, { 0.5 * $0 * (1 + NDArray.geluTanhInner($0)) })
  }
  /// dy · ½ (1 + t + x (1 − t²) √(2/π) (1 + 0.134145 x²)), with t the tanh of ``geluTanh()``.
  package static func geluTanhGradient(x: NDArray, dy: NDArray) -> NDArray {
    binary("geluTanhGradient", HEBB_GELU_TANH_GRADIENT, x, dy) { x, dy in
      let t = geluTanhInner(x)
      return dy * 0.5 * (1 + t + x * (1 - t * t) * 0.79788456080286536 * (1 + 0.134145 * x * x))
    }
  }

  /// x σ(x).
  package func silu() -> NDArray { unary("silu", HEBB_SILU, { $0 * Mathematics.sigmoid($0) }) }
  /// dy · σ(x) (1 + x (1 − σ(x))).
  package static func siluGradient(x: NDArray, dy: NDArray) -> NDArray {
    binary("siluGradient", HEBB_SILU_GRADIENT, x, dy) { x, dy in
      let s = Mathematics.sigmoid(x)
      return dy * s * (1 + x * (1 - s))
    }
  }

  /// x where x > 0, else α (eˣ − 1).
  package func elu(alpha: Double) -> NDArray {
    NDArray.binary("elu", HEBB_ELU, self, alpha) { $0 > 0 ? $0 : Mathematics.expm1($0) * $1 }
  }
  /// The slope of ELU from its result y, for α ≥ 0: 1 where y > 0, else y + α.
  package func eluSlope(alpha: Double) -> NDArray {
    NDArray.binary("eluSlope", HEBB_ELU_SLOPE, self, alpha) { $0 > 0 ? 1 : $0 + $1 }
  }

  /// 1 where x > 0, else `slope`: what leaky ReLU multiplies by.
  package func leakySlope(_ slope: Double) -> NDArray {
    NDArray.binary("leakySlope", HEBB_LEAKY_SLOPE, self, slope) { $0 > 0 ? 1 : $1 }
  }

  private static func normal(_ x: Double) -> Double { 0.5 * (1 + Mathematics.erf(x * 0.70710678118654752)) }

  private static func geluTanhInner(_ x: Double) -> Double {
    Mathematics.tanh(0.79788456080286536 * (x + 0.044715 * x * x * x))
  }
}
