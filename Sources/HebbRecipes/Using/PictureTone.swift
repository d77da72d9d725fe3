import HebbArrays
import HebbData

/// How bright the pictures of a data set are: tells a dark digit on white paper from a white one on black.
package struct PictureTone: Sendable, Hashable {
  /// The number that stands for white, 255 in most sets.
  package let white: Double
  /// The mean brightness along the border, 0 for black to 1 for white: that of the background.
  package let border: Double

  package init(white: Double, border: Double) { (self.white, self.border) = (white, border) }

  /// Measured on the first thousand pictures; nil where the samples are no pictures.
  package init?(of dataset: any Dataset) {
    let pictures = dataset.inputs(at: Array(0..<min(dataset.count, 1000)))
    guard pictures.rank == 4, pictures.count > 0 else { return nil }
    let values = pictures.cast(to: .float32)
    let white = pictures.dtype == .uint8 && values.max().scalar > 64 ? 255 : values.max().scalar
    guard white > 0 else { return nil }
    self.init(white: white, border: PictureTone.border(of: values) / white)
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

  /// Whether a background of this brightness is the other way round: far from that of training, near to its opposite.
  package func looksInverted(border other: Double) -> Bool {
    abs(border - 0.5) > 0.2 && abs(other - 0.5) > 0.2 && (border > 0.5) != (other > 0.5)
  }
}
