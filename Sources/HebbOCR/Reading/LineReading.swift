/// What was read in the picture of a line.
public struct LineReading: Sendable, Hashable {
  /// A character with its place.
  public struct Glyph: Sendable, Hashable {
    /// What was read.
    public let character: Character
    /// From where to where along the line it was read, in pixels of the picture.
    public let columns: Range<Double>
    /// How sure the network was of it, from 0 to 1.
    public let confidence: Double

    /// A character, its place in pixels of the picture, and how sure it is.
    public init(character: Character, columns: Range<Double>, confidence: Double) {
      (self.character, self.columns, self.confidence) = (character, columns, confidence)
    }
  }

  /// The characters in the order of the text.
  public let glyphs: [Glyph]

  /// Characters in the order of the text.
  public init(_ glyphs: [Glyph]) { self.glyphs = glyphs }

  /// The characters as one text.
  public var text: String { String(glyphs.map(\.character)) }

  /// The mean of the characters' confidences; 0 where nothing was read.
  public var confidence: Double {
    glyphs.isEmpty ? 0 : glyphs.reduce(0) { $0 + $1.confidence } / Double(glyphs.count)
  }
}
