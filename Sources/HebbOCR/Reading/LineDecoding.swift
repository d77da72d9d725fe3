import HebbArrays
import HebbLayers

/// How text is found in what a network gives, and what is known of it beforehand.
///
/// Without anything that is known, the likeliest class of each step is taken. What is known acts inside of a search for the
/// likeliest text: a reader that may only answer digits answers the likeliest digits, not nothing.
public struct LineDecoding: Sendable {
  /// How many beginnings of the text the search keeps; 1 takes the likeliest class of each step where nothing is known.
  public var beamWidth: Int
  /// The characters that may be read.
  public var alphabet: Alphabet?
  /// For each place of the text the characters that may stand there; the text is as long as there are places.
  public var positions: [Alphabet]?
  /// The texts that may be read, such as a list of names.
  public var texts: [String]?
  /// What the whole text must look like.
  public var pattern: TextPattern?

  /// A search that keeps `beamWidth` beginnings; nothing is known of the text unless given.
  public init(
    beamWidth: Int = 1, alphabet: Alphabet? = nil, positions: [Alphabet]? = nil, texts: [String]? = nil,
    pattern: TextPattern? = nil
  ) {
    (self.beamWidth, self.alphabet, self.positions) = (beamWidth, alphabet, positions)
    (self.texts, self.pattern) = (texts, pattern)
  }

  /// Whether something is known of the text as a whole.
  var bindsWholeText: Bool { positions != nil || texts != nil || pattern != nil }

  /// Whether anything is known.
  var isBound: Bool { alphabet != nil || bindsWholeText }
}
