import CHebbKernels

/// Rows of channels as the kernels walk through them: as many rows side by side as make whole vectors of sixteen floats.
///
/// 6 channels become lines of 8 rows, 48 floats; 64 channels stay lines of one row. Rows that fill no line are left over.
struct ChannelLines {
  let rows: Int
  let channels: Int
  /// Rows in a line.
  let fold: Int

  init(rows: Int, channels: Int) {
    self.rows = rows
    self.channels = channels
    fold = 16 >> Swift.min(channels.trailingZeroBitCount, 4)
  }

  var width: Int { channels * fold }
  var lines: Int { rows / fold }
  /// The rows that are left over.
  var rest: Range<Int> { lines * fold..<rows }

  /// Lines whose sums are one chain.
  static let piece = 1_024
  /// Floats of a line that one piece of work takes.
  static let band = 64

  var pieces: Int { (lines + ChannelLines.piece - 1) / ChannelLines.piece }

  func linesIn(_ piece: Int) -> Int { Swift.min(ChannelLines.piece, lines - piece * ChannelLines.piece) }

  /// Fills two buffers of `pieces` × `width` floats: `body` gets the lines' start, their number, a band of the line
  /// (start and width) and the place in the buffers.
  func collect(
    _ body: (_ start: Int, _ lines: Int, _ width: Int, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> (NDArray, NDArray) {
    let shape: Shape = [pieces, width]
    let (first, second) = (NDArray(uninitialized: shape, .float32), NDArray(uninitialized: shape, .float32))
    let (p, q) = (first.mutablePointer(to: Float.self), second.mutablePointer(to: Float.self))
    let bands = (width + ChannelLines.band - 1) / ChannelLines.band
    shareWork(pieces * bands, elements: rows * channels) { unit in
      let (piece, band) = unit.quotientAndRemainder(dividingBy: bands)
      let column = band * ChannelLines.band
      let place = piece * width + column
      body(
        piece * ChannelLines.piece * width + column, linesIn(piece), Swift.min(ChannelLines.band, width - column),
        p + place, q + place)
    }
    return (first, second)
  }

  /// Calls `body` for the pieces of an elementwise pass: where it starts and how many floats it has.
  func eachPart(_ body: (_ start: Int, _ count: Int) -> Void) {
    let total = rows * channels
    let part = Swift.max(1, 16_384 / width) * width
    shareWork((total + part - 1) / part, elements: total) { piece in
      body(piece * part, Swift.min(part, total - piece * part))
    }
  }
}

/// Mean and sum of squared deviations of each channel, or the two sums of a gradient, in Double.
struct ChannelPair {
  var first: [Double]
  var second: [Double]
}

extension ChannelLines {
  /// Each channel's mean and the sum of squared deviations from it.
  func moments(_ x: UnsafePointer<Float>) -> ChannelPair {
    let kernels = hebb_normalization_table(hebb_isa()).pointee
    let (means, deviations) = collect { start, lines, band, mean, deviation in
      kernels.moments(lines, width, band, x + start, mean, deviation)
    }
    let (m, d) = (means.pointer(to: Float.self), deviations.pointer(to: Float.self))
    var pair = ChannelPair(first: Array(repeating: 0, count: channels), second: Array(repeating: 0, count: channels))
    for piece in 0..<pieces {
      let weight = Double(linesIn(piece))
      for i in 0..<width { pair.first[i % channels] += weight * Double(m[piece * width + i]) }
    }
    for row in rest {
      for c in 0..<channels { pair.first[c] += Double(x[row * channels + c]) }
    }
    for c in 0..<channels { pair.first[c] /= Double(rows) }
    for piece in 0..<pieces {
      let weight = Double(linesIn(piece))
      for i in 0..<width {
        let away = Double(m[piece * width + i]) - pair.first[i % channels]
        pair.second[i % channels] += Double(d[piece * width + i]) + weight * away * away
      }
    }
    for row in rest {
      for c in 0..<channels {
        let away = Double(x[row * channels + c]) - pair.first[c]
        pair.second[c] += away * away
      }
    }
    return pair
  }

  /// Each channel's sums of dy and dy · (x − mean).
  func gradientSums(_ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ affine: ChannelAffine) -> ChannelPair {
    let kernels = hebb_normalization_table(hebb_isa()).pointee
    let (sums, products) = collect { start, lines, band, sum, product in
      var numbers = affine.numbers(from: start % width)
      kernels.gradient_sums(lines, width, band, x + start, dy + start, &numbers, sum, product)
    }
    let (s, p) = (sums.pointer(to: Float.self), products.pointer(to: Float.self))
    var pair = ChannelPair(first: Array(repeating: 0, count: channels), second: Array(repeating: 0, count: channels))
    for piece in 0..<pieces {
      for i in 0..<width {
        pair.first[i % channels] += Double(s[piece * width + i])
        pair.second[i % channels] += Double(p[piece * width + i])
      }
    }
    for row in rest {
      for c in 0..<channels {
        let (centered, g) = affine.passed(x[row * channels + c], dy[row * channels + c], c)
        pair.first[c] += Double(g)
        pair.second[c] += Double(g) * Double(centered)
      }
    }
    return pair
  }

  /// y = (x − mean) · scale + shift.
  func apply(_ x: UnsafePointer<Float>, _ affine: ChannelAffine, to y: UnsafeMutablePointer<Float>) {
    let kernels = hebb_normalization_table(hebb_isa()).pointee
    eachPart { start, count in
      var numbers = affine.numbers(from: 0)
      kernels.apply(count, width, x + start, &numbers, y + start)
    }
  }

  /// dx = scale · dy − a − (x − mean) · b.
  func gradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ affine: ChannelAffine, a: [Double], b: [Double],
    to dx: UnsafeMutablePointer<Float>
  ) {
    let kernels = hebb_normalization_table(hebb_isa()).pointee
    let terms = NDArray(shape: [2, width]) { (out: UnsafeMutableBufferPointer<Float>) in
      for i in 0..<width {
        out[i] = Float(a[i % channels])
        out[width + i] = Float(b[i % channels])
      }
    }
    let t = terms.pointer(to: Float.self)
    eachPart { start, count in
      var numbers = affine.numbers(from: 0)
      kernels.gradient(count, width, x + start, dy + start, &numbers, t, t + width, dx + start)
    }
    withExtendedLifetime(terms) {}
  }
}

/// The factors that normalise each channel, repeated over the rows of a line.
struct ChannelAffine {
  private let terms: NDArray  // [3, width]: mean, scale, shift
  private let width: Int
  private let rectified: Bool

  init(_ lines: ChannelLines, rectified: Bool = false, _ channel: (Int) -> (mean: Float, scale: Float, shift: Float)) {
    let (width, channels) = (lines.width, lines.channels)
    self.width = width
    self.rectified = rectified
    terms = NDArray(shape: [3, width]) { (out: UnsafeMutableBufferPointer<Float>) in
      for c in 0..<channels {
        let numbers = channel(c)
        for i in stride(from: c, to: width, by: channels) {
          (out[i], out[width + i], out[2 * width + i]) = numbers
        }
      }
    }
  }

  /// The factors from a place in the line on, for the kernels.
  func numbers(from column: Int) -> hebb_affine {
    let p = terms.pointer(to: Float.self) + column
    return hebb_affine(mean: p, scale: p + width, shift: p + 2 * width, rectified: rectified ? 1 : 0)
  }

  /// x − mean, and dy where the output is above zero.
  func passed(_ x: Float, _ dy: Float, _ channel: Int) -> (centered: Float, dy: Float) {
    let p = terms.pointer(to: Float.self) + channel
    let centered = x - p[0]
    return (centered, rectified && !(p[2 * width].addingProduct(centered, p[width]) > 0) ? 0 : dy)
  }
}
