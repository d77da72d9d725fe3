import HebbArrays
import HebbData

/// How bright the pictures of a data set are: tells a dark digit on white paper from a white one on black.
package struct PictureTone: Sendable, Hashable {
  /// The number that stands for white, 255 in most sets.
  package let white: Double
  /// The mean brightness along the border, 0 for black to 1 for white: that of the background.
  package let border: Double
  /// The share of a picture's height or width, whichever is more, that what is drawn takes on average; nil where the
  /// background is not plain.
  package let ink: Double?
  /// What of a drawing is in the middle of a picture.
  package let centering: DrawnInk.Centering

  package init(white: Double, border: Double, ink: Double? = nil, centering: DrawnInk.Centering = .box) {
    (self.white, self.border, self.ink, self.centering) = (white, border, ink, centering)
  }

  /// Measured on the first thousand pictures; nil where the samples are no pictures.
  package init?(of dataset: any Dataset) {
    let pictures = dataset.inputs(at: Array(0..<min(dataset.count, 1000)))
    guard pictures.rank == 4, pictures.count > 0 else { return nil }
    let values = pictures.cast(to: .float32)
    let white = pictures.dtype == .uint8 && values.max().scalar > 64 ? 255 : values.max().scalar
    guard white > 0 else { return nil }
    let border = PictureTone.border(of: values) / white
    let drawn = PictureTone.drawn(in: values, white: white, border: border)
    self.init(white: white, border: border, ink: drawn?.share, centering: drawn?.centering ?? .box)
  }

  /// The mean of the outermost pixels of pictures `[count, height, width, channels]`, `float32`.
  package static func border(of pictures: NDArray) -> Double {
    let (height, width, channels) = (pictures.shape[1], pictures.shape[2], pictures.shape[3])
    var (sum, count) = (0.0, 0)
    pictures.read { (x: UnsafeBufferPointer<Float>) in
      for picture in 0..<pictures.shape[0] {
        for row in 0..<height {
          let isEdge = row == 0 || row == height - 1
          for column in isEdge ? Array(0..<width) : [0, width - 1] {
            let first = ((picture * height + row) * width + column) * channels
            for channel in 0..<channels { sum += Double(x[first + channel]) }
            count += channels
          }
        }
      }
    }
    return sum / Double(max(count, 1))
  }

  /// How large drawings on a plain background are, and whether their centres of mass or those of the boxes around them
  /// lie closer to the middle of the pictures.
  private static func drawn(
    in pictures: NDArray, white: Double, border: Double
  ) -> (share: Double, centering: DrawnInk.Centering)? {
    guard pictures.shape[3] == 1, min(border, 1 - border) < 0.25 else { return nil }
    let (height, width) = (pictures.shape[1], pictures.shape[2])
    let (size, background) = (height * width, Float(border > 0.5 ? white : 0))
    let pixels = pictures.elements(as: Float.self)
    var shares: [Double] = []
    var (boxes, masses) = (0.0, 0.0)
    for picture in 0..<pictures.shape[0] {
      let one = pixels[picture * size..<(picture + 1) * size]
      guard let box = inkBox(one, width: width, background: background, white: Float(white)) else { continue }
      shares.append(max(Double(box.rows.count) / Double(height), Double(box.columns.count) / Double(width)))
      func distance(_ row: Double, _ column: Double) -> Double {
        let (down, right) = (row - Double(height) / 2, column - Double(width) / 2)
        return down * down + right * right
      }
      boxes += distance(
        Double(box.rows.lowerBound + box.rows.upperBound) / 2,
        Double(box.columns.lowerBound + box.columns.upperBound) / 2)
      let middle = DrawnInk.middle(of: one.map { abs($0 - background) }[...], width: width, by: .mass)
      masses += distance(middle.row, middle.column)
    }
    guard !shares.isEmpty else { return nil }
    return (shares.reduce(0, +) / Double(shares.count), masses < boxes ? .mass : .box)
  }

  /// The rows and columns of a grey picture that hold what is drawn: pixels that differ from the background by more than a
  /// quarter of the largest difference. Nil where hardly anything is drawn.
  private static func inkBox(
    _ pixels: ArraySlice<Float>, width: Int, background: Float, white: Float
  ) -> (rows: Range<Int>, columns: Range<Int>)? {
    let largest = pixels.reduce(0) { max($0, abs($1 - background)) }
    guard largest > 0.2 * white else { return nil }
    let places = pixels.indices.filter { abs(pixels[$0] - background) > 0.25 * largest }.map { $0 - pixels.startIndex }
    let columns = places.map { $0 % width }
    guard let first = places.first, let last = places.last, let left = columns.min(), let right = columns.max() else {
      return nil
    }
    return (first / width..<last / width + 1, left..<right + 1)
  }

  /// Whether a background of this brightness is the other way round: far from that of training, near to its opposite.
  package func looksInverted(border other: Double) -> Bool {
    abs(border - 0.5) > 0.2 && abs(other - 0.5) > 0.2 && (border > 0.5) != (other > 0.5)
  }
}
