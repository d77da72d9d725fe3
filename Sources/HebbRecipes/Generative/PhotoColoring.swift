import Hebb
import HebbFiles

/// Guesses the colours of a photo of any size.
///
/// Colours are guessed on a small copy, since that is what the network has learned, and follow the photo's own lightness
/// back to its full size: around each pixel of the copy, a and b are taken as straight lines of L (a guided filter). Memory
/// beyond that of photo and result does not grow with the photo.
///
/// - Source: He and Sun 2015, "Fast guided filter", arXiv:1505.00996.
package struct PhotoColoring {
  private let colorizer: Colorizer
  /// The longer side of the copy.
  private let detail: Int

  /// Pixels that are coloured at a time.
  private static let piece = 1 << 18
  /// Pixels of the copy to each side that a line is fitted to.
  private static let radius = 2
  /// Lightness that changes less than this is no edge, L² of Lab.
  private static let flat = 40.0

  package init(_ colorizer: Colorizer, detail: Int) { (self.colorizer, self.detail) = (colorizer, detail) }

  /// - Parameter photo: `uint8` `[height, width, 1 or 3]`; of colours only the lightness is looked at.
  /// - Returns: `uint8` `[height, width, 3]`
  package func callAsFunction(_ photo: NDArray) -> NDArray {
    let (height, width, channels) = (photo.shape[0], photo.shape[1], photo.shape[2])
    let lines = lines(photo)
    return photo.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [height, width, 3]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for start in stride(from: 0, to: height * width, by: PhotoColoring.piece) {
          let end = min(start + PhotoColoring.piece, height * width)
          let lightness = PhotoColoring.lightness(pixels[start * channels..<end * channels], channels)
          let lab = NDArray(shape: [end - start, 3]) { (lab: UnsafeMutableBufferPointer<Float>) in
            for i in start..<end {
              let l = lightness[i - start]
              let line = lines.at(row: i / width, of: height, column: i % width, of: width)
              lab[3 * (i - start)] = l
              lab[3 * (i - start) + 1] = line[0] * l + line[2]
              lab[3 * (i - start) + 2] = line[1] * l + line[3]
            }
          }
          LabColor.rgb(ofLab: lab).read { (rgb: UnsafeBufferPointer<Float>) in
            for i in rgb.indices { out[3 * start + i] = UInt8(rgb[i] * 255 + 0.5) }
          }
        }
      }
    }
  }

  /// L of bytes.
  private static func lightness(_ pixels: Slice<UnsafeBufferPointer<UInt8>>, _ channels: Int) -> [Float] {
    let count = pixels.count / channels
    let first = pixels.startIndex
    let rgb = NDArray(shape: [count, 3]) { (x: UnsafeMutableBufferPointer<Float>) in
      for i in x.indices { x[i] = Float(pixels[first + (channels == 3 ? i : i / 3)]) / 255 }
    }
    return LabColor.lab(ofRGB: rgb).sliced(axis: 1, from: 0, to: 1).elements()
  }

  /// For each pixel of the small copy the lines a = p L + r and b = q L + s.
  private func lines(_ photo: NDArray) -> LineMap {
    let (height, width) = (photo.shape[0], photo.shape[1])
    let scale = min(1, Double(detail) / Double(max(height, width)))
    let rows = max(1, Int((Double(height) * scale).rounded()))
    let columns = max(1, Int((Double(width) * scale).rounded()))
    let small = Picture.picture(Picture.resized(photo, height: rows, width: columns), channels: 3)
    let lightness = Colorizer.parts(
      small.cast(to: .float32).reshaped([1, rows, columns, 3]) * (1.0 / 255)
    ).lightness
    let colors: [Float] = colorizer(lightness).elements()
    let l: [Float] = lightness.elements()
    let planes = [l, l.map { $0 * $0 }] + (0..<2).map { c in l.indices.map { colors[2 * $0 + c] } }
    let products = (0..<2).map { c in l.indices.map { l[$0] * planes[2 + c][$0] } }
    func mean(_ x: [Float]) -> [Float] { PhotoColoring.boxMean(x, rows, columns) }
    let (means, crossed) = (planes.map(mean), products.map(mean))
    var slopes: [[Float]] = [[], []]
    var offsets: [[Float]] = [[], []]
    for c in 0..<2 {
      slopes[c] = l.indices.map { i in
        let variance = means[1][i] - means[0][i] * means[0][i]
        return (crossed[c][i] - means[0][i] * means[2 + c][i]) / (max(variance, 0) + Float(PhotoColoring.flat))
      }
      offsets[c] = l.indices.map { means[2 + c][$0] - slopes[c][$0] * means[0][$0] }
    }
    let smooth = (slopes + offsets).map(mean)
    return LineMap(rows: rows, columns: columns, values: l.indices.map { i in SIMD4((0..<4).map { smooth[$0][i] }) })
  }

  /// The mean over a square around each pixel, as far as it lies in the picture.
  private static func boxMean(_ x: [Float], _ rows: Int, _ columns: Int) -> [Float] {
    func along(_ x: [Float], _ count: Int, _ step: Int, _ others: Int, _ otherStep: Int) -> [Float] {
      var y = x
      for other in 0..<others {
        for i in 0..<count {
          let range = max(0, i - radius)...min(count - 1, i + radius)
          let sum = range.reduce(Float(0)) { $0 + x[other * otherStep + $1 * step] }
          y[other * otherStep + i * step] = sum / Float(range.count)
        }
      }
      return y
    }
    return along(along(x, columns, 1, rows, columns), rows, columns, columns, 1)
  }
}

/// Lines of colour on a small grid, read between its points.
private struct LineMap {
  let rows: Int
  let columns: Int
  let values: [SIMD4<Float>]

  /// What stands at a pixel of a larger picture, bilinear.
  func at(row: Int, of height: Int, column: Int, of width: Int) -> SIMD4<Float> {
    let (y, v) = LineMap.place(row, height, rows)
    let (x, u) = LineMap.place(column, width, columns)
    let (below, right) = (min(y + 1, rows - 1), min(x + 1, columns - 1))
    let upper = values[y * columns + x] * (1 - u) + values[y * columns + right] * u
    let lower = values[below * columns + x] * (1 - u) + values[below * columns + right] * u
    return upper * (1 - v) + lower * v
  }

  private static func place(_ index: Int, _ large: Int, _ small: Int) -> (Int, Float) {
    let centre = (Double(index) + 0.5) * Double(small) / Double(large) - 0.5
    let held = min(max(centre, 0), Double(small - 1))
    let first = Int(held)
    return (first, Float(held - Double(first)))
  }
}
