import HebbArrays

/// A picture of a line and what it says.
public struct RenderedLine: Sendable {
  /// `uint8` `[height, width, 1]`; tall where the line is vertical.
  public let picture: NDArray
  /// What a reader is to give back: composed characters, single spaces, none at the ends.
  public let text: String
  /// Whether the characters stand below each other.
  public let isVertical: Bool
}
