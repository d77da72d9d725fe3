import CHebbKernels

/// A convolution as a matrix product whose left side is never built: the tile reads the padded picture through offsets.
///
/// One row of the result is a product of `width` rows; a tap is a run of neighbouring floats of the picture. The order of
/// the terms is kernel row, kernel column, channel.
struct ConvolutionForward {
  let sizes: ConvolutionSizes
  /// Offsets of the taps in the padded picture and in the packed weights.
  private let pictureTaps: [Int], weightTaps: [Int]
  private let length: Int
  private let depth: Int  // terms of one sum

  init(_ sizes: ConvolutionSizes) {
    self.sizes = sizes
    let g = sizes.geometry
    let channels = sizes.channels
    let row = (sizes.input.width + g.padding.left + g.padding.right) * channels
    // A kernel row without gaps is one run.
    let runs = g.dilation.width == 1 && g.groups == 1 ? 1 : g.kernel.width
    length = g.kernel.width / runs * sizes.groupChannels
    depth = g.kernel.area * sizes.groupChannels
    var taps: [Int] = []
    for u in 0..<g.kernel.height {
      for v in 0..<runs { taps.append(u * g.dilation.height * row + v * g.dilation.width * channels) }
    }
    pictureTaps = taps
    weightTaps = taps.indices.map { [length] in $0 * length * 16 }
  }

  /// - Parameter owner: whose memory the weights are.
  func run(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, of owner: Storage, _ y: UnsafeMutablePointer<Float>,
    _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    guard sizes.output.area > 0 else { return }
    let blocks = (sizes.groupOutputs + 15) / 16
    let groups = sizes.geometry.groups
    let key = KeptForms.Key(
      kind: .convolution, start: w, row: sizes.outputs, column: groups, rows: depth, columns: sizes.outputs)
    let packed = owner.form(key, count: groups * blocks * 16 * depth) { packed in
      for group in 0..<groups {
        MatrixProblem.kernels.pack_columns(
          w + group * sizes.groupOutputs, sizes.outputs, 1, depth, sizes.groupOutputs,
          packed + group * blocks * 16 * depth)
      }
    }
    // Few pictures are cut into bands of rows, so that every thread has some.
    let isWhole = sizes.batch >= 8 || !sizes.isWorthSharing
    let bands = isWhole ? 1 : max(1, min(sizes.output.height / 2, 8 / max(1, sizes.batch)))
    let body = { (piece: Int) in
      let (n, band) = (piece / bands, piece % bands)
      let rows = sizes.output.height * band / bands..<sizes.output.height * (band + 1) / bands
      convolve(n, rows, x, packed.floats, y, epilogue)
    }
    if sizes.isWorthSharing {
      ThreadPool.shared.run(sizes.batch * bands, body)
    } else {
      for piece in 0..<sizes.batch * bands { body(piece) }
    }
  }

  /// Some rows of the result for picture `n`.
  private func convolve(
    _ n: Int, _ rows: Range<Int>, _ x: UnsafePointer<Float>, _ packed: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ epilogue: UnsafePointer<hebb_epilogue>?
  ) {
    let g = sizes.geometry
    let picture = x + n * sizes.input.area * sizes.channels
    // The rows of the picture that these rows of the result see.
    let first = rows.lowerBound * g.stride.height - g.padding.top
    let last = (rows.upperBound - 1) * g.stride.height - g.padding.top + g.span.height
    let isPadded = g.padding.left > 0 || g.padding.right > 0 || first < 0 || last > sizes.input.height
    var padded: PaddedImage?
    var source = picture + first * sizes.input.width * sizes.channels
    if isPadded {
      let inner = Pair(min(last, sizes.input.height) - max(first, 0), sizes.input.width)
      let image = PaddedImage(
        inner: inner, above: max(0, -first), below: max(0, last - sizes.input.height), left: g.padding.left,
        right: g.padding.right, channels: sizes.channels)
      image.fill(from: picture + max(first, 0) * sizes.input.width * sizes.channels, inner)
      source = UnsafePointer(image.floats)
      padded = image
    }
    let rowLength = (sizes.input.width + g.padding.left + g.padding.right) * sizes.channels
    withExtendedLifetime(padded) {
      pictureTaps.withUnsafeBufferPointer { pictureTaps in
        weightTaps.withUnsafeBufferPointer { weightTaps in
          var product = hebb_product()
          (product.rows, product.columns) = (sizes.output.width, sizes.groupOutputs)
          (product.a_row, product.a_step) = (g.stride.width * sizes.channels, 1)
          (product.b_block, product.b_step) = (depth * 16, 16)
          (product.c_row, product.taps, product.length) = (sizes.outputs, pictureTaps.count, length)
          (product.a_tap, product.b_tap) = (pictureTaps.baseAddress, weightTaps.baseAddress)
          for i in rows {
            for group in 0..<g.groups {
              let place =
                ((n * sizes.output.height + i) * sizes.output.width) * sizes.outputs + group * sizes.groupOutputs
              product.a = source + (i - rows.lowerBound) * g.stride.height * rowLength + group * sizes.groupChannels
              product.b = packed + group * ((sizes.groupOutputs + 15) / 16) * 16 * depth
              product.c = y + place
              product.run(epilogue, column: group * sizes.groupOutputs, result: place)
            }
          }
        }
      }
    }
  }
}

extension hebb_product {
  /// Computes this product, with the epilogue for a block that begins at a column and a place of the whole result.
  mutating func run(_ epilogue: UnsafePointer<hebb_epilogue>?, column: Int, result: Int) {
    guard let epilogue else {
      self.epilogue = nil
      return MatrixProblem.kernels.product(&self)
    }
    var shifted = epilogue.pointee.shifted(column: column, result: result)
    withUnsafePointer(to: &shifted) {
      self.epilogue = $0
      MatrixProblem.kernels.product(&self)
    }
  }
}
