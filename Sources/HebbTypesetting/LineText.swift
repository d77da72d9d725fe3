/// A line that takes words as long as they fit.
struct LineText {
  private var scalars: [Unicode.Scalar] = []
  private let length: Int
  private let least: Int

  /// - Parameters:
  ///   - length: the most characters.
  ///   - least: a word that is too long is cut where the line would else have fewer.
  init(_ length: Int, least: Int) {
    self.length = length
    self.least = least
  }

  /// Adds a word behind a space. False where the line is full.
  mutating func append(_ word: [Unicode.Scalar]) -> Bool {
    let space = scalars.isEmpty ? 0 : 1
    guard scalars.count + space + word.count <= length || scalars.count < least else { return false }
    if space > 0 { scalars.append(" ") }
    scalars.append(contentsOf: word.prefix(length - scalars.count))
    return scalars.count < length
  }

  /// The line; `nil` where it is empty.
  var text: String? { LineText.tidied(scalars) }

  /// A text with single spaces and none at its ends; `nil` where nothing is left.
  static func tidied(_ scalars: some Sequence<Unicode.Scalar>) -> String? {
    let words = Array(scalars).split { $0.properties.isWhitespace }
    guard !words.isEmpty else { return nil }
    return String(String.UnicodeScalarView(words.joined(separator: CollectionOfOne(" "))))
  }
}
