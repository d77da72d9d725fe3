import CHebbKernels

/// A 3×3 convolution of stride 1 with 2.25 times fewer multiplications, picture by picture in memory that stays in the
/// caches. Used for the result and for the input's gradient, which is the same with turned weights.
///
/// - Source: Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", doi:10.1109/CVPR.2016.435.
struct ConvolutionWinograd {
  let batch: Int
  let input: Pair, output: Pair
  let inputs: Int, outputs: Int
  /// Zeros above and to the left of the picture.
  let before: Pair
  /// Whether the work pays for more than one thread.
  let isWorthSharing: Bool

  /// Weights of a kernel: the distances between its nine taps and between its channels.
  struct Weights {
    let start: UnsafePointer<Float>
    let tap: Int, input: Int, output: Int
    /// Whose memory they are.
    let owner: Storage
  }

  private static let kernels = hebb_winograd_table(hebb_isa()).pointee

  /// For fewer pixels of the result, transforming the weights costs more than the products save, unless they are kept.
  private static let leastPixels = 224

  /// Whether a convolution has the form that this takes. Decided by its shape alone.
  static func suits(_ sizes: ConvolutionSizes) -> Bool {
    let g = sizes.geometry
    return g.kernel == 3 && g.stride == 1 && g.dilation == 1 && g.groups == 1 && sizes.channels % 16 == 0
      && sizes.outputs % 16 == 0 && min(sizes.output.height, sizes.output.width) >= 4
      && sizes.batch * sizes.output.area >= leastPixels
      && max(g.padding.top, g.padding.bottom, g.padding.left, g.padding.right) <= 2
  }

  /// The convolution itself.
  init(forward sizes: ConvolutionSizes) {
    (batch, input, output) = (sizes.batch, sizes.input, sizes.output)
    (inputs, outputs) = (sizes.channels, sizes.outputs)
    before = sizes.geometry.paddingBefore
    isWorthSharing = sizes.isWorthSharing
  }

  /// The gradient of its input: from the result's gradient, with the kernel turned by half a turn.
  init(backward sizes: ConvolutionSizes) {
    (batch, input, output) = (sizes.batch, sizes.output, sizes.input)
    (inputs, outputs) = (sizes.outputs, sizes.channels)
    let padding = sizes.geometry.paddingBefore
    before = Pair(2 - padding.height, 2 - padding.width)
    isWorthSharing = sizes.isWorthSharing
  }

  func run(
    _ x: UnsafePointer<Float>, _ weights: Weights, _ y: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let key = KeptForms.Key(
      kind: .winograd, start: weights.start, row: weights.input, column: weights.output, rows: inputs, columns: outputs)
    let transformed = weights.owner.form(key, count: 16 * inputs * outputs) {
      ConvolutionWinograd.kernels.weights(
        weights.start, weights.tap, weights.input, weights.output, inputs, outputs, $0)
    }
    // As many rows of patches at once as leave room for the transforms in a core's cache.
    let across = (output.width + 1) / 2
    let down = (output.height + 1) / 2
    let rows = max(1, min(down, 32_768 / (16 * across * max(inputs, outputs))))
    let bands = (down + rows - 1) / rows
    let body = { (piece: Int) in
      let (n, band) = (piece / bands, piece % bands)
      convolve(n, band * rows..<min(down, (band + 1) * rows), x, transformed.floats, y, epilogue)
    }
    if isWorthSharing {
      ThreadPool.shared.run(batch * bands, body)
    } else {
      for piece in 0..<batch * bands { body(piece) }
    }
  }

  /// Some rows of patches of picture `n`.
  private func convolve(
    _ n: Int, _ patches: Range<Int>, _ x: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let across = (output.width + 1) / 2
    let tiles = across * patches.count
    let picture = padded(n, patches, x)
    let spread = Scratch(16 * tiles * inputs)
    let sums = Scratch(16 * tiles * outputs)
    for row in 0..<patches.count {
      ConvolutionWinograd.kernels.input(
        picture.floats + 2 * row * picture.row, picture.row, across, inputs, spread.floats + row * across * inputs,
        tiles * inputs)
    }
    var zero = 0
    withUnsafePointer(to: &zero) { zero in
      var product = hebb_product()
      (product.rows, product.columns) = (tiles, outputs)
      (product.a_row, product.a_step, product.c_row) = (inputs, 1, outputs)
      (product.b_block, product.b_step) = (inputs * 16, 16)
      (product.taps, product.length, product.a_tap, product.b_tap) = (1, inputs, zero, zero)
      for place in 0..<16 {
        product.a = UnsafePointer(spread.floats + place * tiles * inputs)
        product.b = weights + place * inputs * outputs
        product.c = sums.floats + place * tiles * outputs
        MatrixProblem.kernels.product(&product)
      }
    }
    for row in 0..<patches.count {
      let line = 2 * (patches.lowerBound + row)
      let place = (n * output.height + line) * output.width * outputs
      var shifted = hebb_epilogue()
      if let epilogue { shifted = epilogue.pointee.shifted(column: 0, result: place) }
      withUnsafePointer(to: &shifted) {
        ConvolutionWinograd.kernels.output(
          sums.floats + row * across * outputs, tiles * outputs, outputs, y + place, output.width * outputs,
          min(2, output.height - line), output.width, epilogue == nil ? nil : $0)
      }
    }
    withExtendedLifetime((picture, spread, sums)) {}
  }

  /// The rows of picture `n` that these patches see, with zeros around them.
  private func padded(_ n: Int, _ patches: Range<Int>, _ x: UnsafePointer<Float>) -> PaddedImage {
    let first = 2 * patches.lowerBound - before.height
    let height = 2 * patches.count + 2
    let top = min(max(first, 0), input.height)
    let bottom = max(top, min(first + height, input.height))
    let inner = Pair(bottom - top, input.width)
    let image = PaddedImage(
      inner: inner, above: top - first, below: height - (top - first) - inner.height, left: before.width,
      right: (output.width + 1) / 2 * 2 + 2 - before.width - input.width, channels: inputs)
    image.fill(from: x + (n * input.height + top) * input.width * inputs, inner)
    return image
  }
}
