extension NDArray {
  /// Slides kernels over pictures (a cross-correlation, as everywhere in this field).
  ///
  ///     yₙᵢⱼₒ = Σ over u, v, c:  x[n, i·s + u·d − p, j·s + v·d − p, c] · w[u, v, c, o]
  ///
  /// - Shapes: `[batch, height, width, channels]` and weights `[kernel height, kernel width, channels / groups, outputs]`
  ///   → `[batch, height′, width′, outputs]`.
  public func convolved(with weight: NDArray, _ geometry: ConvolutionGeometry) -> NDArray {
    convolved(with: weight, geometry, epilogue: Epilogue())
  }

  package func convolved(with weight: NDArray, _ geometry: ConvolutionGeometry, epilogue: Epilogue) -> NDArray {
    let sizes = ConvolutionSizes(input: shape, weight: weight.shape, geometry)
    if let residual = epilogue.residual {
      require(
        residual.shape == sizes.outputShape, "a residual of \(residual.shape) for a result of \(sizes.outputShape)")
    }
    switch dtype {
    case .float32:
      let y = NDArray(uninitialized: sizes.outputShape, .float32)
      let (x, w): (UnsafePointer<Float>, UnsafePointer<Float>) = (pointer(), weight.pointer())
      if sizes.isPixelwise {
        let (pixels, channels) = (sizes.batch * sizes.output.area, sizes.channels)
        epilogue.withPointers {
          MatrixProblem(
            a: x, aRow: channels, aStep: 1, b: w, bRow: sizes.outputs, bColumn: 1, c: y.mutablePointer(), m: pixels,
            k: channels, n: sizes.outputs, bOwner: weight.storage
          ).solveTiled($0)
        }
      } else if DepthwiseConvolution.suits(sizes) {
        epilogue.withPointers { DepthwiseConvolution(sizes: sizes).forward(x, w, y.mutablePointer(), $0) }
      } else if ConvolutionWinograd.suits(sizes) {
        let weights = ConvolutionWinograd.Weights(
          start: w, tap: sizes.channels * sizes.outputs, input: sizes.outputs, output: 1, owner: weight.storage)
        epilogue.withPointers { ConvolutionWinograd(forward: sizes).run(x, weights, y.mutablePointer(), $0) }
      } else {
        epilogue.withPointers { ConvolutionForward(sizes).run(x, w, of: weight.storage, y.mutablePointer(), $0) }
      }
      return y
    case .float64:
      let y = plainConvolution(weight, sizes)
      return epilogue.isEmpty ? y : epilogue.appliedPlainly(to: y)
    case .int32, .uint8: fatalError("a convolution needs floating-point arrays, not \(dtype)")
    }
  }

  /// The gradient of ``convolved(with:_:)`` with respect to its input, from that of its result (`self`). As a layer of its
  /// own it is the transposed convolution.
  public func convolutionInputGradient(
    weight: NDArray, _ geometry: ConvolutionGeometry, inputShape: Shape
  ) -> NDArray {
    convolutionInputGradient(weight: weight, geometry, inputShape: inputShape, epilogue: Epilogue())
  }

  package func convolutionInputGradient(
    weight: NDArray, _ geometry: ConvolutionGeometry, inputShape: Shape, epilogue: Epilogue
  ) -> NDArray {
    let sizes = ConvolutionSizes(input: inputShape, weight: weight.shape, geometry)
    require(shape == sizes.outputShape, "the gradient has the shape \(shape), not \(sizes.outputShape)")
    switch dtype {
    case .float32:
      let dx = NDArray(uninitialized: inputShape, .float32)
      let (dy, w): (UnsafePointer<Float>, UnsafePointer<Float>) = (pointer(), weight.pointer())
      epilogue.withPointers {
        if DepthwiseConvolution.suits(sizes) {
          DepthwiseConvolution(sizes: sizes).inputGradient(dy, w, dx.mutablePointer(), $0)
        } else if ConvolutionWinograd.suits(sizes) {
          let tap = sizes.channels * sizes.outputs
          let weights = ConvolutionWinograd.Weights(
            start: w + 8 * tap, tap: -tap, input: 1, output: sizes.outputs, owner: weight.storage)
          ConvolutionWinograd(backward: sizes).run(dy, weights, dx.mutablePointer(), $0)
        } else if ConvolutionScatter.suits(sizes) {
          ConvolutionScatter(sizes: sizes).run(dy, w, dx.mutablePointer(), $0)
        } else {
          ConvolutionInputGradient(sizes).run(dy, w, dx.mutablePointer(), $0)
        }
      }
      return dx
    case .float64:
      let dx = plainInputGradient(weight, sizes)
      return epilogue.isEmpty ? dx : epilogue.appliedPlainly(to: dx)
    case .int32, .uint8: fatalError("a convolution needs floating-point arrays, not \(dtype)")
    }
  }

  /// The gradient of ``convolved(with:_:)`` with respect to its weights, from that of its result.
  public func convolutionWeightGradient(
    resultGradient dy: NDArray, _ geometry: ConvolutionGeometry, weightShape: Shape
  ) -> NDArray {
    let sizes = ConvolutionSizes(input: shape, weight: weightShape, geometry)
    require(dy.shape == sizes.outputShape, "the gradient has the shape \(dy.shape), not \(sizes.outputShape)")
    switch dtype {
    case .float32:
      let dw = NDArray(uninitialized: weightShape, .float32)
      if DepthwiseConvolution.suits(sizes) {
        DepthwiseConvolution(sizes: sizes).weightGradient(pointer(), dy.pointer(), dw.mutablePointer())
      } else {
        ConvolutionWeightGradient(sizes).run(pointer(), dy.pointer(), dw.mutablePointer())
      }
      return dw
    case .float64: return plainWeightGradient(dy, sizes)
    case .int32, .uint8: fatalError("a convolution needs floating-point arrays, not \(dtype)")
    }
  }
}

/// The sizes of a convolution, checked.
struct ConvolutionSizes {
  let geometry: ConvolutionGeometry
  let batch: Int
  let input: Pair, output: Pair
  let channels: Int, outputs: Int
  let outputShape: Shape

  init(input: Shape, weight: Shape, _ geometry: ConvolutionGeometry) {
    require(input.rank == 4, "a convolution reads [batch, height, width, channels], not \(input)")
    require(
      weight.rank == 4 && weight[0] == geometry.kernel.height && weight[1] == geometry.kernel.width,
      "the weights \(weight) are not a kernel of \(geometry.kernel)")
    require(
      input[3] % geometry.groups == 0 && weight[3] % geometry.groups == 0 && weight[2] == input[3] / geometry.groups,
      "the weights \(weight) in \(geometry.groups) groups do not fit the input \(input)")
    self.geometry = geometry
    batch = input[0]
    self.input = Pair(input[1], input[2])
    output = geometry.output(for: self.input)
    channels = input[3]
    outputs = weight[3]
    outputShape = [batch, output.height, output.width, outputs]
  }

  /// Input and output channels of one group.
  var groupChannels: Int { channels / geometry.groups }
  var groupOutputs: Int { outputs / geometry.groups }

  /// A product of every pixel on its own: nothing to gather.
  var isPixelwise: Bool {
    geometry.kernel.area == 1 && geometry.stride.area == 1 && geometry.groups == 1 && output == input
  }

  var multiplications: Int { batch * output.area * outputs * groupChannels * geometry.kernel.area }

  var isWorthSharing: Bool { multiplications >= MatrixProblem.worthSharing }
}

// MARK: - The oracle

extension NDArray {
  private func plainConvolution(_ weight: NDArray, _ s: ConvolutionSizes) -> NDArray {
    let x: UnsafePointer<Double> = pointer()
    let w: UnsafePointer<Double> = weight.pointer()
    var y = NDArray.zeros(s.outputShape, dtype: .float64)
    y.mutate { (y: UnsafeMutableBufferPointer<Double>) in s.forEachTerm { y[$2] += x[$0] * w[$1] } }
    return y
  }

  private func plainInputGradient(_ weight: NDArray, _ s: ConvolutionSizes) -> NDArray {
    let dy: UnsafePointer<Double> = pointer()
    let w: UnsafePointer<Double> = weight.pointer()
    var dx = NDArray.zeros([s.batch, s.input.height, s.input.width, s.channels], dtype: .float64)
    dx.mutate { (dx: UnsafeMutableBufferPointer<Double>) in s.forEachTerm { dx[$0] += dy[$2] * w[$1] } }
    return dx
  }

  private func plainWeightGradient(_ dy: NDArray, _ s: ConvolutionSizes) -> NDArray {
    let x: UnsafePointer<Double> = pointer()
    let g: UnsafePointer<Double> = dy.pointer()
    var dw = NDArray.zeros(
      [s.geometry.kernel.height, s.geometry.kernel.width, s.groupChannels, s.outputs], dtype: .float64)
    dw.mutate { (dw: UnsafeMutableBufferPointer<Double>) in s.forEachTerm { dw[$1] += x[$0] * g[$2] } }
    return dw
  }
}

extension ConvolutionSizes {
  /// Every product that a convolution adds up, by the places of its input, its weight and its result.
  fileprivate func forEachTerm(_ body: (_ input: Int, _ weight: Int, _ output: Int) -> Void) {
    let g = geometry
    for n in 0..<batch {
      for i in 0..<output.height {
        for j in 0..<output.width {
          for u in 0..<g.kernel.height {
            let row = i * g.stride.height + u * g.dilation.height - g.paddingBefore.height
            guard row >= 0, row < input.height else { continue }
            for v in 0..<g.kernel.width {
              let column = j * g.stride.width + v * g.dilation.width - g.paddingBefore.width
              guard column >= 0, column < input.width else { continue }
              for c in 0..<groupChannels {
                for o in 0..<outputs {
                  let channel = o / groupOutputs * groupChannels + c
                  body(
                    ((n * input.height + row) * input.width + column) * channels + channel,
                    ((u * g.kernel.width + v) * groupChannels + c) * outputs + o,
                    ((n * output.height + i) * output.width + j) * outputs + o)
                }
              }
            }
          }
        }
      }
    }
  }
}
