import HebbArrays
import HebbFiles
import HebbModels

/// A picture of a line as networks see it: 32 rows of numbers, ink 1 and paper 0, whatever its size, colours and contrast.
public struct LineInput: Sendable {
  /// `float32` `[32, width]`, the width a multiple of 4.
  public let values: NDArray
  /// How many of its columns one pixel of the picture makes.
  public let scale: Double

  /// How many columns there are.
  public var width: Int { values.shape[1] }
  /// Whether there is no ink: nothing to be read, whatever a network would say.
  public let isBlank: Bool

  /// Lines that would be longer than this are squeezed.
  public static let widthLimit = 4096
  static let leastWidth = 16

  /// - Parameter picture: `uint8` `[height, width, 1 or 3]`.
  public init(_ picture: NDArray) {
    let height = LineNetworks.height
    let grey = Picture.grey(LineInput.cut(picture))
    let natural = Double(grey.shape[1]) * Double(height) / Double(grey.shape[0])
    let columns = Int(min(max(natural.rounded(), 1), Double(LineInput.widthLimit)))
    scale = Double(columns) / Double(picture.shape[1])
    let small = Picture.resized(grey, height: height, width: columns)
    let width = max(LineInput.leastWidth, (columns + 3) / 4 * 4)
    values = small.read { (pixels: UnsafeBufferPointer<UInt8>) in
      let tones = LineInput.tones(pixels, columns: columns)
      return NDArray(shape: [height, width]) { (out: UnsafeMutableBufferPointer<Float>) in
        out.update(repeating: 0)
        for y in 0..<height {
          for x in 0..<columns { out[y * width + x] = tones[Int(pixels[y * columns + x])] }
        }
      }
    }
    isBlank = values.max().scalar == 0
  }

  /// A picture of extreme proportions, cut to what has any pixels of its own after scaling, so that scaling costs little.
  private static func cut(_ picture: NDArray) -> NDArray {
    let (height, width) = (picture.shape[0], picture.shape[1])
    let tallest = 200 * max(width, LineNetworks.height)
    return height > tallest ? picture[0..<tallest] : picture
  }

  /// What each grey becomes: the paper 0, the ink 1. Paper is what the border mostly has; the lightest and darkest hundredth of
  /// the pixels do not count. A picture of one grey is all paper.
  private static func tones(_ pixels: UnsafeBufferPointer<UInt8>, columns: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: 256)
    for pixel in pixels { counts[Int(pixel)] += 1 }
    let (dark, light) = (quantile(0.01, counts), quantile(0.99, counts))
    guard light - dark >= 12 else { return [Float](repeating: 0, count: 256) }
    var border = [Int](repeating: 0, count: 256)
    let rows = pixels.count / columns
    for x in 0..<columns { for y in Set([0, rows - 1]) { border[Int(pixels[y * columns + x])] += 1 } }
    for y in 0..<rows { for x in Set([0, columns - 1]) { border[Int(pixels[y * columns + x])] += 1 } }
    let isLightOnDark = 2 * quantile(0.5, border) < dark + light
    return (0..<256).map { grey in
      let share = min(max(Float(grey - dark) / Float(light - dark), 0), 1)
      return isLightOnDark ? share : 1 - share
    }
  }

  /// The least grey that so large a share of the pixels does not exceed.
  private static func quantile(_ share: Double, _ counts: [Int]) -> Int {
    let wanted = share * Double(counts.reduce(0, +))
    var below = 0
    for (grey, count) in counts.enumerated() {
      below += count
      if Double(below) >= wanted, below > 0 { return grey }
    }
    return 255
  }

  /// Lines side by side as one batch, zeros behind shorter ones: `[lines, 32, widest, 1]`.
  public static func batch(_ lines: [LineInput]) -> NDArray {
    let (height, widest) = (LineNetworks.height, lines.map(\.width).max() ?? leastWidth)
    return NDArray(shape: [lines.count, height, widest, 1]) { (out: UnsafeMutableBufferPointer<Float>) in
      out.update(repeating: 0)
      for (index, line) in lines.enumerated() {
        line.values.read { (values: UnsafeBufferPointer<Float>) in
          for y in 0..<height {
            let place = (index * height + y) * widest
            _ = UnsafeMutableBufferPointer(rebasing: out[place..<place + line.width])
              .update(fromContentsOf: UnsafeBufferPointer(rebasing: values[y * line.width..<(y + 1) * line.width]))
          }
        }
      }
    }
  }
}
