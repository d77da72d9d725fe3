import CHebbKernels

/// An activation that the op before it applies to its own result, where it lies. Its slope follows from its value, so that
/// nothing else is kept for the way back.
public enum FusedActivation: Sendable {
  /// y = x, max(x, 0), tanh x, 1 / (1 + e⁻ˣ).
  case none, relu, tanh, sigmoid
}

extension Epilogue {
  /// Bias and, as far as the kernels of products know it, activation; ``NDArray/finish(_:)`` does the rest.
  package init(bias: NDArray?, activation: FusedActivation) { self.init(bias: bias, relu: activation == .relu) }
}

extension NDArray {
  /// Applies what an epilogue leaves to do of an activation, in place.
  package mutating func finish(_ activation: FusedActivation) {
    switch activation {
    case .none, .relu: break
    case .tanh:
      makeUnique()
      write("tanh", HEBB_TANH, Mathematics.tanh, to: self)
    case .sigmoid:
      makeUnique()
      write("sigmoid", HEBB_SIGMOID, Mathematics.sigmoid, to: self)
    }
  }

  /// The gradient before an activation whose result is this array, from the gradient behind it.
  package func gradient(through activation: FusedActivation, _ dy: NDArray) -> NDArray {
    switch activation {
    case .none: dy
    case .relu: gating(dy)
    case .tanh: NDArray.tanhGradient(y: self, dy: dy)
    case .sigmoid: NDArray.sigmoidGradient(y: self, dy: dy)
    }
  }
}
