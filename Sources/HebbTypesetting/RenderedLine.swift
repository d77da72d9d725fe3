import HebbArrays
import HebbFiles

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
  public var pictureForReading: NDArray { isVertical ? Picture.turned(picture, quarters: 3) : picture }
}
