import CHebbKernels

/// A convolution in which every output channel sees one input channel: sums over taps alone, for sixteen channels at once.
///
/// With several outputs for each input channel the picture is first written with every channel repeated, and the gradient
/// of the input folded again.
struct DepthwiseConvolution {
  let sizes: ConvolutionSizes
  private var multiplier: Int { sizes.groupOutputs }

  static let kernels = hebb_depthwise_kernels_table(hebb_isa()).pointee

  /// Whether a convolution has the form that this is for. Decided by its shape alone.
  static func suits(_ sizes: ConvolutionSizes) -> Bool { sizes.groupChannels == 1 && sizes.geometry.groups > 1 }

  func forward(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let repeated = repeated(x)
    let source = repeated.map { UnsafePointer($0.floats) } ?? x
    slide(.forward(sizes), source, from: sizes.input, w, y, sizes.output, epilogue)
    withExtendedLifetime(repeated) {}
  }

  func inputGradient(
    _ dy: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let taps = DepthwiseTaps.backward(sizes)
    guard multiplier > 1 else { return slide(taps, dy, from: sizes.output, w, dx, sizes.input, epilogue) }
    let (row, channels) = (sizes.input.width * sizes.channels, sizes.channels)
    let rows = sizes.batch * sizes.input.height
    let wide = Scratch(rows * row * multiplier)
    slide(taps, dy, from: sizes.output, w, wide.floats, sizes.input, nil)
    shareWork(rows, elements: rows * row * multiplier) { piece in
      let place = piece * row
      DepthwiseConvolution.kernels.fold(wide.floats + place * multiplier, row, multiplier, dx + place)
      if epilogue != nil {
        MatrixProblem.kernels.finish_pixels(dx + place, sizes.input.width, channels, dx + place, epilogue, place)
      }
    }
  }

  /// The sum is cut into bands of at most some 4,096 pixels, and these into at most sixteen pieces; pieces add their bands
  /// one by one, and are joined by a fixed tree. The shape alone decides.
  func weightGradient(_ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dw: UnsafeMutablePointer<Float>) {
    let (output, channels) = (sizes.output, sizes.outputs)
    let count = sizes.geometry.kernel.area * channels
    guard sizes.batch > 0, output.area > 0 else { return dw.update(repeating: 0, count: count) }
    let taps = DepthwiseTaps.forward(sizes)
    let repeated = repeated(x)
    let picture = repeated.map { UnsafePointer($0.floats) } ?? x
    let height = max(1, min(4096 / output.width, sizes.batch * output.height / 16))
    let bands = (output.height + height - 1) / height
    let pieces = min(16, sizes.batch * bands)
    let sums = Scratch(pieces * count)
    share(pieces) { piece in
      let sum = sums.floats + piece * count
      let band = Scratch(2 * count)
      let units = sizes.batch * bands * piece / pieces..<sizes.batch * bands * (piece + 1) / pieces
      for unit in units {
        let (n, top) = (unit / bands, unit % bands * height)
        let target = unit == units.lowerBound ? sum : band.floats
        target.update(repeating: 0, count: count)
        for row in top..<min(top + height, output.height) {
          let line = dy + (n * output.height + row) * output.width * channels
          taps.eachRun(ofRow: row, picture + n * sizes.input.area * channels) { run, start in
            withUnsafePointer(to: run) {
              DepthwiseConvolution.kernels.add_weight_gradient($0, line + start * channels, target)
            }
          }
        }
        if target != sum { for i in 0..<count { sum[i] += target[i] } }
      }
    }
    MatrixProblem.kernels.join(sums.floats, pieces, count, dw)
    withExtendedLifetime(repeated) {}
  }

  /// Every element of every channel as often as there are outputs for it; nil for one.
  private func repeated(_ x: UnsafePointer<Float>) -> Scratch? {
    guard multiplier > 1 else { return nil }
    let (rows, row) = (sizes.batch * sizes.input.height, sizes.input.width * sizes.channels)
    let wide = Scratch(rows * row * multiplier)
    shareWork(rows, elements: rows * row * multiplier) {
      DepthwiseConvolution.kernels.repeat(x + $0 * row, row, multiplier, wide.floats + $0 * row * multiplier)
    }
    return wide
  }

  /// Sums over taps for every pixel of `target`, by bands of rows.
  private func slide(
    _ taps: DepthwiseTaps, _ source: UnsafePointer<Float>, from: Pair, _ w: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>, _ target: Pair, _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    guard target.area > 0 else { return }
    let channels = sizes.outputs
    let bands = max(1, min(target.height / 4, 16 / max(1, sizes.batch)))
    share(sizes.batch * bands) { piece in
      let (n, band) = (piece / bands, piece % bands)
      for row in target.height * band / bands..<target.height * (band + 1) / bands {
        taps.eachRun(ofRow: row, source + n * from.area * channels) { run, start in
          let place = ((n * target.height + row) * target.width + start) * channels
          withUnsafePointer(to: run) { run in
            guard let epilogue else { return DepthwiseConvolution.kernels.run(run, w, result + place, nil) }
            var shifted = epilogue.pointee.shifted(column: 0, result: place)
            DepthwiseConvolution.kernels.run(run, w, result + place, &shifted)
          }
        }
      }
    }
  }

  private func share(_ pieces: Int, _ body: (Int) -> Void) {
    if sizes.isWorthSharing {
      ThreadPool.shared.run(pieces, body)
    } else {
      for piece in 0..<pieces { body(piece) }
    }
  }
}
