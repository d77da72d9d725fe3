import HebbArrays

/// A picture of a line and what it says.
public struct RenderedLine: Sendable {
  /// `uint8` `[height, width, 1]`; tall where the line is vertical.
  public let picture: NDArray
  /// What a reader is to give back: composed characters, single spaces, none at the ends.
  public let text: String
  /// Whether the characters stand below each other.
  public let isVertical: Bool

  /// The picture as a reader takes it, from left to right: a vertical line is turned by 90° counter-clockwise, so that its
  /// top comes to the left and its upright characters lie on their backs.
  ///
  ///     turned[y, x] = picture[x, width − 1 − y]
  public var pictureForReading: NDArray { isVertical ? RenderedLine.turned(picture, clockwise: false) : picture }

  /// A picture of one channel turned by 90°.
  static func turned(_ picture: NDArray, clockwise: Bool) -> NDArray {
    let (height, width) = (picture.shape[0], picture.shape[1])
    return picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [width, height, 1]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for y in 0..<width {
          for x in 0..<height {
            out[y * height + x] =
              clockwise ? pixels[(height - 1 - x) * width + y] : pixels[x * width + width - 1 - y]
          }
        }
      }
    }
  }
}
