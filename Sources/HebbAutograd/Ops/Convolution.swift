import HebbArrays

extension Tensor {
  /// Slides kernels over pictures; with an optional bias and activation in the same op.
  ///
  ///     y[n, i, j, o] = Σ x[n, i·s + u·d − p, j·s + v·d − p, c] w[u, v, c, o] + b[o]
  ///
  /// - Shapes: `[batch, height, width, channels]`, weights `[kernel height, kernel width, channels / groups, outputs]`,
  ///   bias `[outputs]` → `[batch, height′, width′, outputs]`.
  public func convolved(
    with weight: Tensor, bias: Tensor?, _ geometry: ConvolutionGeometry, activation: FusedActivation = .none
  ) -> Tensor {
    let (x, w) = (value, weight.value)
    var product = x.convolved(with: w, geometry, epilogue: Epilogue(bias: bias?.value, activation: activation))
    product.finish(activation)
    let y = product
    let (needsInput, needsWeight, needsBias) = (isTracked, weight.isTracked, bias?.isTracked ?? false)
    return Tensor(y, from: self, weight, bias) { dy in
      let dy = y.gradient(through: activation, dy)
      let dx = needsInput ? dy.convolutionInputGradient(weight: w, geometry, inputShape: x.shape) : nil
      let dw =
        needsWeight ? x.convolutionWeightGradient(resultGradient: dy, geometry, weightShape: w.shape) : nil
      return [dx, dw, needsBias ? dy.sum(to: [w.shape[3]]) : nil]
    }
  }

  /// The transposed convolution: a convolution run backwards, from small pictures to large ones.
  ///
  ///     y = the gradient of the convolution's input, where x is that of its result
  ///
  /// - Shapes: `[batch, height′, width′, inputs]`, weights `[kernel height, kernel width, outputs / groups, inputs]`, bias
  ///   `[outputs]` → `[batch, height, width, outputs]`, with height and width as given by `outputSize`.
  public func convolvedTransposed(
    with weight: Tensor, bias: Tensor?, _ geometry: ConvolutionGeometry, outputSize: Pair,
    activation: FusedActivation = .none
  ) -> Tensor {
    let (x, w) = (value, weight.value)
    let outputs = w.shape[2] * geometry.groups
    var product = x.convolutionInputGradient(
      weight: w, geometry, inputShape: [shape[0], outputSize.height, outputSize.width, outputs],
      epilogue: Epilogue(bias: bias?.value, activation: activation))
    product.finish(activation)
    let y = product
    let (needsInput, needsWeight, needsBias) = (isTracked, weight.isTracked, bias?.isTracked ?? false)
    return Tensor(y, from: self, weight, bias) { dy in
      let dy = y.gradient(through: activation, dy)
      let dx = needsInput ? dy.convolved(with: w, geometry) : nil
      let dw =
        needsWeight ? dy.convolutionWeightGradient(resultGradient: x, geometry, weightShape: w.shape) : nil
      return [dx, dw, needsBias ? dy.sum(to: [outputs]) : nil]
    }
  }
}
