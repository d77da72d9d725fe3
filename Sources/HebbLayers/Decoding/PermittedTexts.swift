/// What is known of a text before it is read. All that is known must hold.
///
///     let code = PermittedTexts(positions: [letters, digits, digits])
public struct PermittedTexts: Sendable {
  /// The labels that may appear; all where nil.
  public let alphabet: Set<Int>?
  /// For each place of the text the labels that may stand there; the text is as long as there are places. Any where nil.
  public let positions: [Set<Int>]?
  /// The texts that may be read; any where nil.
  public let lexicon: Lexicon?
  /// What the text must look like; anything where nil.
  public let pattern: LabelPattern?

  public init(
    alphabet: Set<Int>? = nil, positions: [Set<Int>]? = nil, lexicon: Lexicon? = nil, pattern: LabelPattern? = nil
  ) {
    (self.alphabet, self.positions, self.lexicon, self.pattern) = (alphabet, positions, lexicon, pattern)
  }

  /// The labels that a permitted text can have at all, in order.
  ///
  /// - Parameters:
  ///   - classes: how many there are.
  ///   - special: the class that is no label.
  package func labels(of classes: Int, without special: Int) -> [Int] {
    let known = [
      alphabet, positions.map { $0.reduce(into: []) { $0.formUnion($1) } }, lexicon?.labels, pattern?.labels,
    ]
    return (0..<classes).filter { label in
      label != special && known.allSatisfy { $0?.contains(label) ?? true }
    }
  }
}

/// The beginnings of permitted texts that a search has reached, as a tree. Beginning 0 is the empty one.
package struct TextBeginnings {
  /// One label longer than its parent.
  private struct Beginning {
    let parent: Int, label: Int, length: Int
    /// Its place in the lexicon, and in the pattern.
    let word: Int, form: Int
    var children: [Int: Int] = [:]
  }

  private let texts: PermittedTexts
  private var all = [Beginning(parent: -1, label: -1, length: 0, word: 0, form: 0)]
  private var walk: LabelPattern.Walk?

  package init(of texts: PermittedTexts) {
    self.texts = texts
    walk = texts.pattern.map(LabelPattern.Walk.init)
  }

  /// The last label of a beginning; −1 of the empty one.
  package func label(_ beginning: Int) -> Int { all[beginning].label }

  /// All labels of a beginning.
  package func labels(_ beginning: Int) -> [Int] {
    var (labels, place) = ([Int](), beginning)
    while place > 0 {
      labels.append(all[place].label)
      place = all[place].parent
    }
    return labels.reversed()
  }

  /// A beginning with one more label; nil where no permitted text begins so. That the label is one of the alphabet is not asked
  /// for.
  package mutating func child(of beginning: Int, _ label: Int) -> Int? {
    let parent = all[beginning]
    if let known = parent.children[label] { return known }
    if let positions = texts.positions {
      guard parent.length < positions.count, positions[parent.length].contains(label) else { return nil }
    }
    var word = 0
    if let lexicon = texts.lexicon {
      guard let next = lexicon.nodes[parent.word].children[label] else { return nil }
      word = next
    }
    var form = 0
    if walk != nil {
      guard let next = walk?.next(parent.form, label) else { return nil }
      form = next
    }
    all.append(Beginning(parent: beginning, label: label, length: parent.length + 1, word: word, form: form))
    all[beginning].children[label] = all.count - 1
    return all.count - 1
  }

  /// How many labels are missing at least until the text is a permitted one.
  package func rest(_ beginning: Int) -> Int {
    let place = all[beginning]
    return max(
      texts.positions.map { $0.count - place.length } ?? 0, texts.lexicon.map { $0.nodes[place.word].rest } ?? 0,
      walk?.rest(place.form) ?? 0)
  }

  /// Whether it is a permitted text.
  package func isComplete(_ beginning: Int) -> Bool {
    let place = all[beginning]
    return (texts.positions.map { $0.count == place.length } ?? true)
      && (texts.lexicon.map { $0.nodes[place.word].isWord } ?? true) && (walk?.rest(place.form) ?? 0) == 0
  }
}
