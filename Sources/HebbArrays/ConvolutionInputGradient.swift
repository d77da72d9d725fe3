import CHebbKernels

/// The gradient of a convolution with respect to its input; on its own, the transposed convolution.
///
/// The pixels of the input fall into stride × stride phases. Within a phase every pixel sees the same taps of the kernel at
/// the same distances, so that each phase is a convolution of the padded gradient with stride 1, and no product with an
/// inserted zero is computed. The order of the terms is kernel row and column backwards, then output channel.
struct ConvolutionInputGradient {
  let sizes: ConvolutionSizes

  init(_ sizes: ConvolutionSizes) { self.sizes = sizes }

  /// The taps along one axis for the pixels of one phase, and how many rows or columns they reach back or ahead.
  private struct Taps {
    var indices: [Int] = []  // of the kernel, backwards
    var shifts: [Int] = []  // pixel j of the phase reads pixel j + shift of the gradient

    init(phase: Int, kernel: Int, stride: Int, padding: Int, dilation: Int) {
      for index in (0..<kernel).reversed() {
        let distance = phase + padding - index * dilation
        guard distance % stride == 0 else { continue }
        indices.append(index)
        shifts.append(distance / stride)
      }
    }

    /// Whether neighbouring taps read neighbouring pixels.
    var isRun: Bool { zip(shifts, shifts.dropFirst()).allSatisfy { $1 == $0 + 1 } }
  }

  /// One phase: its pixels, its taps and its packed weights.
  private struct Phase {
    let row: Int, column: Int
    let pixels: Pair
    let rows: Taps, columns: Taps
    let depth: Int
    let weights: Scratch
  }

  func run(
    _ dy: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let g = sizes.geometry
    var phases: [Phase] = []
    for row in 0..<min(g.stride.height, sizes.input.height) {
      for column in 0..<min(g.stride.width, sizes.input.width) { phases.append(phase(row, column, w)) }
    }
    let shifts = (phases.flatMap(\.rows.shifts), phases.flatMap(\.columns.shifts))
    let most = Pair(phases.map(\.pixels.height).max() ?? 0, phases.map(\.pixels.width).max() ?? 0)
    let above = max(0, -(shifts.0.min() ?? 0))
    let left = max(0, -(shifts.1.min() ?? 0))
    let below = max(0, most.height + (shifts.0.max() ?? 0) - sizes.output.height)
    let right = max(0, most.width + (shifts.1.max() ?? 0) - sizes.output.width)
    let body = { (n: Int) in
      let image = PaddedImage(
        inner: sizes.output, above: above, below: below, left: left, right: right, channels: sizes.outputs)
      image.fill(from: dy + n * sizes.output.area * sizes.outputs, sizes.output)
      for phase in phases { fill(phase, n, image, above: above, left: left, dx, epilogue) }
      withExtendedLifetime(image) {}
    }
    if sizes.isWorthSharing { ThreadPool.shared.run(sizes.batch, body) } else { for n in 0..<sizes.batch { body(n) } }
  }

  private func phase(_ row: Int, _ column: Int, _ w: UnsafePointer<Float>) -> Phase {
    let g = sizes.geometry
    let rows = Taps(
      phase: row, kernel: g.kernel.height, stride: g.stride.height, padding: g.padding.top, dilation: g.dilation.height)
    let columns = Taps(
      phase: column, kernel: g.kernel.width, stride: g.stride.width, padding: g.padding.left, dilation: g.dilation.width
    )
    let depth = rows.indices.count * columns.indices.count * sizes.groupOutputs
    let blocks = (sizes.groupChannels + 15) / 16
    let weights = Scratch(max(1, g.groups * blocks * 16 * depth))
    for group in 0..<g.groups {
      for block in 0..<blocks {
        var target = weights.floats + (group * blocks + block) * 16 * depth
        for u in rows.indices {
          for v in columns.indices {
            let place = ((u * g.kernel.width + v) * sizes.groupChannels + block * 16) * sizes.outputs
            MatrixProblem.kernels.pack_columns(
              w + place + group * sizes.groupOutputs, 1, sizes.outputs, sizes.groupOutputs,
              min(16, sizes.groupChannels - block * 16), target)
            target += sizes.groupOutputs * 16
          }
        }
      }
    }
    let pixels = Pair(
      (sizes.input.height - row + g.stride.height - 1) / g.stride.height,
      (sizes.input.width - column + g.stride.width - 1) / g.stride.width)
    return Phase(row: row, column: column, pixels: pixels, rows: rows, columns: columns, depth: depth, weights: weights)
  }

  /// The pixels of one phase of picture `n`.
  private func fill(
    _ phase: Phase, _ n: Int, _ image: PaddedImage, above: Int, left: Int, _ dx: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let g = sizes.geometry
    let isRun = g.groups == 1 && phase.columns.isRun && !phase.columns.shifts.isEmpty
    let columnShifts = isRun ? [phase.columns.shifts[0]] : phase.columns.shifts
    let length = isRun ? phase.columns.shifts.count * sizes.groupOutputs : sizes.groupOutputs
    var gradientTaps: [Int] = []
    for u in phase.rows.shifts {
      for v in columnShifts { gradientTaps.append((u + above) * image.row + (v + left) * sizes.outputs) }
    }
    let weightTaps = gradientTaps.indices.map { $0 * length * 16 }
    gradientTaps.withUnsafeBufferPointer { gradientTaps in
      weightTaps.withUnsafeBufferPointer { weightTaps in
        var product = hebb_product()
        (product.rows, product.columns) = (phase.pixels.width, sizes.groupChannels)
        (product.a_row, product.a_step) = (sizes.outputs, 1)
        (product.b_block, product.b_step) = (phase.depth * 16, 16)
        (product.c_row, product.taps, product.length) = (g.stride.width * sizes.channels, gradientTaps.count, length)
        (product.a_tap, product.b_tap) = (gradientTaps.baseAddress, weightTaps.baseAddress)
        for i in 0..<phase.pixels.height {
          let row = phase.row + i * g.stride.height
          for group in 0..<g.groups {
            let place =
              ((n * sizes.input.height + row) * sizes.input.width + phase.column) * sizes.channels
              + group * sizes.groupChannels
            product.a = UnsafePointer(image.floats + i * image.row + group * sizes.groupOutputs)
            product.b = UnsafePointer(
              phase.weights.floats + group * ((sizes.groupChannels + 15) / 16) * 16 * phase.depth)
            product.c = dx + place
            product.run(epilogue, column: group * sizes.groupChannels, result: place)
          }
        }
      }
    }
  }
}
