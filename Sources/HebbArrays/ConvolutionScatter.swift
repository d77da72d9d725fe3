import CHebbKernels

/// The gradient of a convolution with respect to an input of few channels, which would leave most lanes of a tile idle.
///
/// The product of the result's gradient with all taps of the kernel fills the lanes; its rows are then added to the pixels
/// that they belong to, in the order of the result's pixels.
struct ConvolutionScatter {
  let sizes: ConvolutionSizes

  /// Whether a convolution has the form that this is for. Decided by its shape alone.
  static func suits(_ sizes: ConvolutionSizes) -> Bool { sizes.geometry.groups == 1 && sizes.channels <= 8 }

  func run(
    _ dy: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let columns = sizes.geometry.kernel.area * sizes.channels
    let packed = Scratch((columns + 15) / 16 * 16 * sizes.outputs)
    MatrixProblem.kernels.pack_columns(w, 1, sizes.outputs, sizes.outputs, columns, packed.floats)
    let body = { (n: Int) in scatter(n, dy, packed.floats, dx, epilogue) }
    if sizes.isWorthSharing { ThreadPool.shared.run(sizes.batch, body) } else { for n in 0..<sizes.batch { body(n) } }
  }

  private func scatter(
    _ n: Int, _ dy: UnsafePointer<Float>, _ packed: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let g = sizes.geometry
    let channels = sizes.channels
    let columns = g.kernel.area * channels
    let terms = Scratch(sizes.output.area * columns)
    var zero = 0
    withUnsafePointer(to: &zero) { zero in
      var product = hebb_product()
      (product.a, product.b, product.c) = (dy + n * sizes.output.area * sizes.outputs, packed, terms.floats)
      (product.rows, product.columns) = (sizes.output.area, columns)
      (product.a_row, product.a_step, product.c_row) = (sizes.outputs, 1, columns)
      (product.b_block, product.b_step) = (sizes.outputs * 16, 16)
      (product.taps, product.length, product.a_tap, product.b_tap) = (1, sizes.outputs, zero, zero)
      MatrixProblem.kernels.product(&product)
    }
    let image = PaddedImage(
      inner: sizes.input, above: g.padding.top, below: g.padding.bottom, left: g.padding.left, right: g.padding.right,
      channels: channels)
    // A kernel row without gaps is one run of floats.
    let runs = g.dilation.width == 1 ? 1 : g.kernel.width
    let length = g.kernel.width / runs * channels
    for i in 0..<sizes.output.height {
      for u in 0..<g.kernel.height {
        for v in 0..<runs {
          let row = (i * g.stride.height + u * g.dilation.height) * image.row + v * g.dilation.width * channels
          MatrixProblem.kernels.scatter(
            terms.floats + i * sizes.output.width * columns + (u * runs + v) * length, columns, sizes.output.width,
            length,
            image.floats + row, g.stride.width * channels)
        }
      }
    }
    let width = sizes.input.width * channels
    for i in 0..<sizes.input.height {
      let place = (n * sizes.input.height + i) * width
      let from = image.floats + (i + g.padding.top) * image.row + g.padding.left * channels
      MatrixProblem.kernels.finish_pixels(from, sizes.input.width, channels, dx + place, epilogue, place)
    }
    withExtendedLifetime((terms, image)) {}
  }
}
