import HebbArrays

extension Tensor {
  /// Slides kernels over pictures; with an optional bias and ReLU in the same pass over memory.
  ///
  ///     y[n, i, j, o] = Σ x[n, i·s + u·d − p, j·s + v·d − p, c] w[u, v, c, o] + b[o]
  ///
  /// - Shapes: `[batch, height, width, channels]`, weights `[kernel height, kernel width, channels / groups, outputs]`,
  ///   bias `[outputs]` → `[batch, height′, width′, outputs]`.
  public func convolved(
    with weight: Tensor, bias: Tensor?, _ geometry: ConvolutionGeometry, relu: Bool = false
  ) -> Tensor {
    let (x, w) = (value, weight.value)
    let y = x.convolved(with: w, geometry, epilogue: Epilogue(bias: bias?.value, relu: relu))
    let (needsInput, needsWeight, needsBias) = (isTracked, weight.isTracked, bias?.isTracked ?? false)
    let (inputs, hasBias) = (bias.map { [self, weight, $0] } ?? [self, weight], bias != nil)
    return Tensor(y, from: inputs) { dy in
      let dy = relu ? y.gating(dy) : dy
      let dx = needsInput ? dy.convolutionInputGradient(weight: w, geometry, inputShape: x.shape) : nil
      let dw =
        needsWeight ? x.convolutionWeightGradient(resultGradient: dy, geometry, weightShape: w.shape) : nil
      guard needsBias else { return hasBias ? [dx, dw, nil] : [dx, dw] }
      return [dx, dw, dy.sum(to: [w.shape[3]])]
    }
  }

  /// The transposed convolution: a convolution run backwards, from small pictures to large ones.
  ///
  ///     y = the gradient of the convolution's input, where x is that of its result
  ///
  /// - Shapes: `[batch, height′, width′, inputs]`, weights `[kernel height, kernel width, outputs / groups, inputs]`, bias
  ///   `[outputs]` → `[batch, height, width, outputs]`, with height and width as given by `outputSize`.
  public func convolvedTransposed(
    with weight: Tensor, bias: Tensor?, _ geometry: ConvolutionGeometry, outputSize: Pair, relu: Bool = false
  ) -> Tensor {
    let (x, w) = (value, weight.value)
    let outputs = w.shape[2] * geometry.groups
    let y = x.convolutionInputGradient(
      weight: w, geometry, inputShape: [shape[0], outputSize.height, outputSize.width, outputs],
      epilogue: Epilogue(bias: bias?.value, relu: relu))
    let (needsInput, needsWeight, needsBias) = (isTracked, weight.isTracked, bias?.isTracked ?? false)
    let (inputs, hasBias) = (bias.map { [self, weight, $0] } ?? [self, weight], bias != nil)
    return Tensor(y, from: inputs) { dy in
      let dy = relu ? y.gating(dy) : dy
      let dx = needsInput ? dy.convolved(with: w, geometry) : nil
      let dw =
        needsWeight ? dy.convolutionWeightGradient(resultGradient: x, geometry, weightShape: w.shape) : nil
      guard needsBias else { return hasBias ? [dx, dw, nil] : [dx, dw] }
      return [dx, dw, dy.sum(to: [outputs])]
    }
  }
}
