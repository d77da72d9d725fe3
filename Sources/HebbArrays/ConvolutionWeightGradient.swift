import CHebbKernels

/// The gradient of a convolution with respect to its weights: a product of the picture's taps with the result's gradient,
/// summed over all pixels.
///
/// The sum is split over at most sixteen groups of pictures, a number that the batch alone decides, and joined by a fixed
/// tree.
struct ConvolutionWeightGradient {
  let sizes: ConvolutionSizes
  private let pieces: Int

  init(_ sizes: ConvolutionSizes) {
    self.sizes = sizes
    pieces = max(1, min(sizes.batch, 16))
  }

  func run(_ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dw: UnsafeMutablePointer<Float>) {
    let count = sizes.geometry.kernel.area * sizes.groupChannels * sizes.outputs
    guard sizes.batch > 0, sizes.output.area > 0 else { return dw.update(repeating: 0, count: count) }
    let partial = pieces > 1 ? Scratch(pieces * count) : nil
    let body = { (piece: Int) in
      let images = sizes.batch * piece / pieces..<sizes.batch * (piece + 1) / pieces
      sum(images, x, dy, partial.map { $0.floats + piece * count } ?? dw)
    }
    if sizes.isWorthSharing { ThreadPool.shared.run(pieces, body) } else { for piece in 0..<pieces { body(piece) } }
    if let partial { MatrixProblem.kernels.join(partial.floats, pieces, count, dw) }
  }

  /// The sum over some pictures.
  private func sum(
    _ images: Range<Int>, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dw: UnsafeMutablePointer<Float>
  ) {
    let g = sizes.geometry
    let image = PaddedImage(
      inner: sizes.input, above: g.padding.top, below: g.padding.bottom, left: g.padding.left, right: g.padding.right,
      channels: sizes.channels)
    // Gradients of a channel count that is no multiple of sixteen are spread to whole vectors.
    let blocks = (sizes.groupOutputs + 15) / 16
    let spread = sizes.groupOutputs % 16 == 0 ? nil : Scratch(g.groups * blocks * 16 * sizes.output.area)
    let pictureTaps = (0..<sizes.output.height).map { $0 * g.stride.height * image.row }
    let step = spread == nil ? sizes.outputs : 16
    let gradientTaps = (0..<sizes.output.height).map { $0 * sizes.output.width * step }
    for n in images {
      image.fill(from: x + n * sizes.input.area * sizes.channels, sizes.input)
      let gradient = dy + n * sizes.output.area * sizes.outputs
      for group in 0..<g.groups {
        let columns = gradient + group * sizes.groupOutputs
        let block = spread.map { $0.floats + group * blocks * 16 * sizes.output.area }
        if let block {
          MatrixProblem.kernels.pack_columns(columns, sizes.outputs, 1, sizes.output.area, sizes.groupOutputs, block)
        }
        var product = hebb_product()
        product.columns = sizes.groupOutputs
        (product.a_row, product.a_step) = (1, g.stride.width * sizes.channels)
        product.b = block.map { UnsafePointer($0) } ?? columns
        (product.b_block, product.b_step) = (block == nil ? 16 : sizes.output.area * 16, step)
        (product.c_row, product.taps, product.length) = (sizes.outputs, sizes.output.height, sizes.output.width)
        product.accumulate = n > images.lowerBound ? 1 : 0
        pictureTaps.withUnsafeBufferPointer { pictureTaps in
          gradientTaps.withUnsafeBufferPointer { gradientTaps in
            (product.a_tap, product.b_tap) = (pictureTaps.baseAddress, gradientTaps.baseAddress)
            addTaps(of: group, image, &product, dw)
          }
        }
      }
    }
    withExtendedLifetime((image, spread)) {}
  }

  /// The products for every tap of the kernel, one group of channels.
  private func addTaps(
    of group: Int, _ image: PaddedImage, _ product: inout hebb_product, _ dw: UnsafeMutablePointer<Float>
  ) {
    let g = sizes.geometry
    let runs = g.dilation.width == 1 && g.groups == 1 ? 1 : g.kernel.width
    product.rows = g.kernel.width / runs * sizes.groupChannels
    for u in 0..<g.kernel.height {
      for v in 0..<runs {
        let place = u * g.dilation.height * image.row + v * g.dilation.width * sizes.channels
        product.a = UnsafePointer(image.floats + place + group * sizes.groupChannels)
        product.c = dw + (u * g.kernel.width + v) * sizes.groupChannels * sizes.outputs + group * sizes.groupOutputs
        MatrixProblem.kernels.product(&product)
      }
    }
  }
}
