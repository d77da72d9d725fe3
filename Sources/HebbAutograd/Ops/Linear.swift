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
    let rows = x.reshaped(Shape(x.count / Swift.max(1, w.shape[0]), w.shape[0]))
    var product = rows.matmul(w, epilogue: Epilogue(bias: bias?.value, activation: activation))
    product.finish(activation)
    let y = product
    let (inputShape, biasShape) = (shape, bias?.shape)
    let (needsInput, needsWeight, needsBias) = (isTracked, weight.isTracked, bias?.isTracked ?? false)
    return Tensor(y.reshaped(shape.replacing(-1, with: w.shape[1])), from: self, weight, bias) { dy in
      let dy = y.gradient(through: activation, dy.reshaped(y.shape))
      let dx = needsInput ? dy.matmul(w, transposingRight: true).reshaped(inputShape) : nil
      let dw = needsWeight ? rows.matmul(dy, transposingLeft: true) : nil
      return [dx, dw, needsBias ? biasShape.map(dy.sum) : nil]
    }
  }
}
