import HebbArrays

extension Tensor {
  /// A weighted sum of the last axis, with an optional ReLU in the same pass over memory.
  ///
  ///     y = x W + b            ∂/∂x = dy Wᵀ,  ∂/∂W = xᵀ dy,  ∂/∂b = Σ dy
  ///
  /// - Shapes: `[…, inputs]`, weights `[inputs, outputs]`, bias `[outputs]` → `[…, outputs]`.
  public func linear(_ weight: Tensor, _ bias: Tensor?, relu: Bool = false) -> Tensor {
    let (x, w) = (value, weight.value)
    require(
      rank >= 1 && w.rank == 2 && shape.innermost == w.shape[0],
      "the input \(shape) ends in \(shape.innermost) features; weights \(w.shape) take \(w.shape[0])")
    let rows = x.reshaped([x.count / Swift.max(1, w.shape[0]), w.shape[0]])
    let y = rows.matmul(w, epilogue: Epilogue(bias: bias?.value, relu: relu))
    let (needsInput, needsWeight, needsBias) = (isTracked, weight.isTracked, bias?.isTracked ?? false)
    let (inputs, hasBias) = (bias.map { [self, weight, $0] } ?? [self, weight], bias != nil)
    return Tensor(y.reshaped(shape.replacing(-1, with: w.shape[1])), from: inputs) { dy in
      var dy = dy.reshaped(y.shape)
      if relu { dy = y.gating(dy) }
      let dx = needsInput ? dy.matmul(w, transposingRight: true).reshaped(x.shape) : nil
      let dw = needsWeight ? rows.matmul(dy, transposingLeft: true) : nil
      guard needsBias else { return hasBias ? [dx, dw, nil] : [dx, dw] }
      return [dx, dw, dy.sum(to: [w.shape[1]])]
    }
  }
}
