import HebbArrays

extension Tensor {
  /// A weighted sum of the last axis, with an optional activation in the same op.
  ///
  ///     y = x W + b            ∂/∂x = dy Wᵀ,  ∂/∂W = xᵀ dy,  ∂/∂b = Σ dy
  ///
  /// - Shapes: `[…, inputs]`, weights `[inputs, outputs]`, bias `[outputs]` → `[…, outputs]`.
  public func linear(_ weight: Tensor, _ bias: Tensor?, activation: FusedActivation = .none) -> Tensor {
    let (x, w) = (value, weight.value)
    require(
      rank >= 1 && w.rank == 2 && shape.innermost == w.shape[0],
      "the input \(shape) ends in \(shape.innermost) features; weights \(w.shape) take \(w.shape[0])")
    guard rank == 2 else {
      let rows = reshaped(Shape(x.count / Swift.max(1, w.shape[0]), w.shape[0]))
      return rows.linear(weight, bias, activation: activation).reshaped(shape.replacing(-1, with: w.shape[1]))
    }
    var y = x.matmul(w, epilogue: Epilogue(bias: bias?.value, activation: activation))
    y.finish(activation)
    let (needsInput, needsWeight, needsBias) = (isTracked, weight.isTracked, bias?.isTracked ?? false)
    return Tensor(y, from: self, weight, bias) { [y] dy in
      let dy = y.gradient(through: activation, dy)
      return [
        needsInput ? dy.matmul(w, transposingRight: true) : nil,
        needsWeight ? x.matmul(dy, transposingLeft: true) : nil,
        needsBias ? dy.sum(axis: 0) : nil,
      ]
    }
  }
}
