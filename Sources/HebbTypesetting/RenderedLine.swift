import HebbArrays

/// Something that draws lines of text without end.
public protocol LineSource: Sendable {
  /// Draws a line: a function of the generator's state alone, so threads may draw lines in any order.
  func line(using random: inout Philox) -> RenderedLine
}

/// A picture of a line and what it says.
public struct RenderedLine: Sendable {
  /// `uint8` `[height, width, 1]`; tall where the line is vertical.
  public let picture: NDArray
  /// What a reader is to give back: composed characters, single spaces, none at the ends.
  public let text: String
  /// Whether the characters stand below each other.
  public let isVertical: Bool
}
