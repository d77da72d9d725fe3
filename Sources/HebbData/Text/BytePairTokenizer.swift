import HebbArrays

/// Pieces of words that are learnt from a text: bytes at first, then the pair of neighbours that comes most often becomes a piece,
/// again and again. Every text can be written with them.
///
///     let tokenizer = BytePairTokenizer(learning: text, size: 1_000)
///
/// A space belongs to the word behind it, and no piece reaches beyond a word.
///
/// - Source: Sennrich, Haddow and Birch 2016, arXiv:1508.07909; bytes: Radford et al. 2019.
public struct BytePairTokenizer: Sendable {
  /// The pairs that became pieces, in order: piece 256 + i is made of `merges[i]`.
  public let merges: [Pair]
  /// The bytes of each piece.
  public let pieces: [[UInt8]]
  private let ranks: [Pair: Int]

  /// Two pieces, one behind the other.
  public struct Pair: Sendable, Hashable {
    /// The numbers of the two, in the order of the text.
    public let left: Int, right: Int
    /// Two neighbouring pieces, by their numbers.
    public init(_ left: Int, _ right: Int) { (self.left, self.right) = (left, right) }
  }

  /// - Precondition: each pair is of pieces before it.
  public init(merges: [Pair]) {
    var pieces = (0..<256).map { [UInt8($0)] }
    for pair in merges {
      require(
        pieces.indices.contains(pair.left) && pieces.indices.contains(pair.right),
        "BytePairTokenizer: a pair of pieces that come after it")
      pieces.append(pieces[pair.left] + pieces[pair.right])
    }
    (self.merges, self.pieces) = (merges, pieces)
    ranks = Dictionary(merges.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// How many pieces there are.
  public var count: Int { pieces.count }

  /// The numbers of a text's pieces.
  public func encode(_ text: String) -> [Int] {
    var known: [[UInt8]: [Int]] = [:]
    return BytePairTokenizer.words(of: text).flatMap { word in
      if let numbers = known[word] { return numbers }
      let numbers = encode(word)
      known[word] = numbers
      return numbers
    }
  }

  /// The pair that was learnt first is joined first, wherever it stands.
  private func encode(_ word: [UInt8]) -> [Int] {
    var numbers = word.map(Int.init)
    while numbers.count > 1 {
      let best = zip(numbers, numbers.dropFirst()).compactMap { ranks[Pair($0, $1)] }.min()
      guard let best else { break }
      numbers = BytePairTokenizer.joined(numbers, merges[best], as: 256 + best)
    }
    return numbers
  }

  /// The text of some pieces. Bytes that are no text, such as half a letter, become a replacement character.
  public func decode(_ numbers: [Int]) -> String {
    String(decoding: numbers.flatMap { pieces.indices.contains($0) ? pieces[$0] : [] }, as: UTF8.self)
  }

  static func joined(_ numbers: [Int], _ pair: Pair, as number: Int) -> [Int] {
    var result: [Int] = []
    var i = 0
    while i < numbers.count {
      if i + 1 < numbers.count, numbers[i] == pair.left, numbers[i + 1] == pair.right {
        result.append(number)
        i += 2
      } else {
        result.append(numbers[i])
        i += 1
      }
    }
    return result
  }

  /// Runs of letters, of digits, of other marks and of spaces. The last space before a run of another kind belongs to it.
  package static func words(of text: String) -> [[UInt8]] {
    enum Kind { case letter, digit, mark, space }
    func kind(_ scalar: Unicode.Scalar) -> Kind {
      if scalar.properties.isWhitespace { return .space }
      if scalar.properties.isAlphabetic || scalar.isAccent { return .letter }
      return scalar.properties.numericType == nil ? .mark : .digit
    }
    var words: [[UInt8]] = []
    var run: [Unicode.Scalar] = []
    var current = Kind.space
    func end() {
      guard !run.isEmpty else { return }
      words.append(run.flatMap { Array(UTF8.encode($0) ?? .init()) })
      run = []
    }
    for scalar in text.unicodeScalars {
      let next = kind(scalar)
      if next != current, !run.isEmpty {
        let carried: Unicode.Scalar? = current == .space && run[run.count - 1] == " " ? run.removeLast() : nil
        end()
        if let carried { run.append(carried) }
      }
      run.append(scalar)
      current = next
    }
    end()
    return words
  }
}

extension BytePairTokenizer {
  /// The pairs as text, to be kept in a model file.
  public var text: String {
    JSON.array(merges.map { .array([.integer($0.left), .integer($0.right)]) }).description
  }

  /// The pairs that ``text`` gave.
  public init(text: String, file: String) throws(DataError) {
    let advice = "the file is damaged, take another one"
    var merges: [Pair] = []
    // A few pairs can make pieces of any length: pieces of pieces are counted before they are built.
    var (sizes, total) = ([Int](repeating: 1, count: 256), 0)
    for element in try JSON(parsing: Array(text.utf8), file: file).elements ?? [] {
      let parts = element.elements?.compactMap(\.integer) ?? []
      let known = 0..<256 + merges.count
      guard parts.count == 2, known.contains(parts[0]), known.contains(parts[1]) else {
        throw DataError(
          file, at: "pairs", "\(element) is no pair of earlier pieces", advice: advice)
      }
      sizes.append(sizes[parts[0]] + sizes[parts[1]])
      total += sizes[sizes.count - 1]
      guard total <= 1 << 26 else {
        throw DataError(file, at: "pairs", "the pieces have more than \(1 << 26) bytes", advice: advice)
      }
      merges.append(Pair(parts[0], parts[1]))
    }
    self.init(merges: merges)
  }
}
