import CHebbKernels
import HebbArrays
import Testing

@Suite struct DepthwiseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let input: Shape
    let geometry: ConvolutionGeometry
    var multiplier = 1

    init(_ input: Shape, _ geometry: ConvolutionGeometry, multiplier: Int = 1) {
      var geometry = geometry
      geometry.groups = input[3]
      (self.input, self.geometry, self.multiplier) = (input, geometry, multiplier)
    }

    var weightShape: Shape { [geometry.kernel.height, geometry.kernel.width, 1, input[3] * multiplier] }
    var outputShape: Shape {
      let size = geometry.output(for: Pair(input[1], input[2]))
      return [input[0], size.height, size.width, input[3] * multiplier]
    }
    var testDescription: String { "\(input), kernel \(geometry.kernel), × \(multiplier)" }
  }

  /// Odd sizes, ragged channels, uneven paddings wider than the kernel, strides beyond the kernel, pictures smaller than it.
  static let cases: [Case] = [
    Case([2, 7, 9, 16], .init(kernel: 3, padding: 1)),
    Case([1, 5, 4, 2], .init(kernel: 3, padding: 1)),
    Case([3, 11, 10, 83], .init(kernel: 3, stride: 2, padding: 1)),
    Case([2, 13, 12, 70], .init(kernel: 5, stride: Pair(1, 3), padding: 2)),
    Case([1, 20, 21, 131], .init(kernel: 7, padding: 3)),
    Case([2, 9, 11, 33], .init(kernel: Pair(3, 2), stride: Pair(2, 1), padding: Pair(2, 3), dilation: Pair(2, 3))),
    Case([2, 8, 7, 17], .init(kernel: Pair(1, 5), paddingBefore: Pair(0, 4), paddingAfter: Pair(3, 1))),
    Case([1, 10, 9, 5], .init(kernel: 2, stride: 4)),
    Case([2, 2, 3, 20], .init(kernel: 5, padding: 4)),
    Case([2, 3, 3, 6], .init(kernel: 1, stride: 2)),
    Case([17, 6, 6, 40], .init(kernel: 3, padding: 0)),
    Case([2, 70, 90, 18], .init(kernel: 3, padding: 1)),
    Case([2, 7, 9, 5], .init(kernel: 3, padding: 1), multiplier: 3),
    Case([3, 21, 18, 24], .init(kernel: 3, stride: 2, padding: 1, dilation: 2), multiplier: 2),
    Case([0, 7, 9, 16], .init(kernel: 3, padding: 1)),
    Case([2, 3, 3, 16], .init(kernel: 5)),
  ]

  @Test(arguments: cases) func float32FollowsFloat64(_ c: Case) {
    let x = wave(c.input, dtype: .float32)
    let w = wave(c.weightShape, phase: 1, dtype: .float32)
    let dy = wave(c.outputShape, phase: 2, dtype: .float32)
    let (wideX, wideW, wideDy) = (x.cast(to: .float64), w.cast(to: .float64), dy.cast(to: .float64))
    #expect(x.convolved(with: w, c.geometry).isClose(to: wideX.convolved(with: wideW, c.geometry), 1e-5))
    #expect(
      dy.convolutionInputGradient(weight: w, c.geometry, inputShape: c.input).isClose(
        to: wideDy.convolutionInputGradient(weight: wideW, c.geometry, inputShape: c.input), 1e-5))
    let terms = Double(max(1, c.outputShape.count / c.outputShape[3]))
    #expect(
      x.convolutionWeightGradient(resultGradient: dy, c.geometry, weightShape: c.weightShape).isClose(
        to: wideX.convolutionWeightGradient(resultGradient: wideDy, c.geometry, weightShape: c.weightShape),
        1e-6 * terms.squareRoot().rounded(.up) + 1e-5))
  }

  @Test(arguments: cases) func epiloguesFollowFloat64(_ c: Case) {
    let (x, w) = (wave(c.input, dtype: .float32), wave(c.weightShape, phase: 1, dtype: .float32))
    let dy = wave(c.outputShape, phase: 2, dtype: .float32)
    for relu in [false, true] {
      func numbers(_ shape: Shape) -> (Epilogue, Epilogue) {
        let bias = wave([shape[3]], phase: 3, dtype: .float32)
        let scale = wave([shape[3]], phase: 4, dtype: .float32)
        let residual = wave(shape, phase: 5, dtype: .float32)
        return (
          Epilogue(bias: bias, scale: scale, residual: residual, relu: relu),
          Epilogue(
            bias: bias.cast(to: .float64), scale: scale.cast(to: .float64), residual: residual.cast(to: .float64),
            relu: relu)
        )
      }
      let (after, wideAfter) = numbers(c.outputShape)
      #expect(
        x.convolved(with: w, c.geometry, epilogue: after).isClose(
          to: x.cast(to: .float64).convolved(with: w.cast(to: .float64), c.geometry, epilogue: wideAfter), 1e-5))
      let (before, wideBefore) = numbers(c.input)
      #expect(
        dy.convolutionInputGradient(weight: w, c.geometry, inputShape: c.input, epilogue: before).isClose(
          to: dy.cast(to: .float64).convolutionInputGradient(
            weight: w.cast(to: .float64), c.geometry, inputShape: c.input, epilogue: wideBefore), 1e-5))
    }
  }

  @Test func everyThreadCountGivesTheSameBits() {
    expectSameBitsForThreads {
      Self.cases.filter { $0.input[0] > 0 }.flatMap { c in
        let x = wave(c.input, dtype: .float32)
        let w = wave(c.weightShape, phase: 1, dtype: .float32)
        let dy = wave(c.outputShape, phase: 2, dtype: .float32)
        return [
          x.convolved(with: w, c.geometry),
          dy.convolutionInputGradient(weight: w, c.geometry, inputShape: c.input),
          x.convolutionWeightGradient(resultGradient: dy, c.geometry, weightShape: c.weightShape),
        ]
      }
    }
  }

  /// A run of pixels, of which the second half of `x` is the residual, for every rest of channels.
  @Test func everyInstructionSetGivesTheSameBits() {
    for (channels, pixels) in [(1, 5), (15, 4), (16, 9), (37, 3), (64, 7), (149, 13)] {
      let row = channels * (pixels + 4)
      let x = wave([8 * row], dtype: .float32).elements(as: Float.self)
      let w = wave([11 * channels], phase: 1, dtype: .float32).elements(as: Float.self)
      let taps = (0..<11).map { ($0 / 4 * row + $0 % 4 * channels, $0 * channels) }
      let (sourceTaps, weightTaps) = (taps.map(\.0), taps.map(\.1))
      var epilogue = hebb_epilogue()
      x.withUnsafeBufferPointer { x in
        w.withUnsafeBufferPointer { w in
          (epilogue.scale, epilogue.bias, epilogue.residual) = (
            w.baseAddress, w.baseAddress! + channels, x.baseAddress! + 4 * row
          )
          epilogue.relu = 1
          sourceTaps.withUnsafeBufferPointer { sourceTaps in
            weightTaps.withUnsafeBufferPointer { weightTaps in
              var run = hebb_depthwise(
                x: x.baseAddress!, channels: channels, pixels: pixels, x_step: channels, y_step: channels, taps: 11,
                x_tap: sourceTaps.baseAddress!, w_tap: weightTaps.baseAddress!)
              expectSameBits("sums", count: channels * pixels) {
                hebb_depthwise_kernels_table($0).pointee.run(&run, w.baseAddress!, $1, nil)
              }
              expectSameBits("finished sums", count: channels * pixels) {
                hebb_depthwise_kernels_table($0).pointee.run(&run, w.baseAddress!, $1, &epilogue)
              }
              expectSameBits("weight gradient", count: 11 * channels) {
                hebb_depthwise_kernels_table($0).pointee.add_weight_gradient(&run, x.baseAddress! + row, $1)
              }
            }
          }
        }
      }
    }
  }
}
