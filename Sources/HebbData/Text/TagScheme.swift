import HebbArrays

/// Tags that mark which words belong to an entity and of which kind: a letter, a hyphen, a kind, such as B-place; or O.
///
/// | scheme | first | within | last | alone |
/// | --- | --- | --- | --- | --- |
/// | BIO | B | I | I | B |
/// | BIOES, BMES, BILOU | B | I, M | E, L | S, U |
///
/// A tag without a hyphen, as of parts of speech, is a kind that stands alone, and may stand anywhere.
///
/// - Source: Ramshaw and Marcus 1995, "Text chunking using transformation-based learning"; Ratinov and Roth 2009.
public struct TagScheme: Sendable, Hashable {
  /// Where in an entity a tag stands.
  enum Place: Sendable, Hashable { case outside, first, within, last, alone }

  /// The tags by number.
  public let tags: [String]
  private let parts: [(place: Place, kind: String)]
  /// Whether every entity's last word has a tag of its own.
  private let marksEnds: Bool

  /// The scheme that the tags are written in, which their prefixes tell.
  public init(_ tags: [String]) {
    self.tags = tags
    parts = tags.map(TagScheme.parts)
    marksEnds = zip(tags, parts).contains { tag, part in
      part.place == .last || part.place == .alone && tag != part.kind || tag.hasPrefix("M-")
    }
  }

  public static func == (a: TagScheme, b: TagScheme) -> Bool { a.tags == b.tags }
  public func hash(into hasher: inout Hasher) { hasher.combine(tags) }

  /// The kinds of entities in the order of their first tags.
  public var kinds: [String] {
    var seen: Set<String> = []
    return parts.filter { $0.place != .outside && seen.insert($0.kind).inserted }.map(\.kind)
  }

  private static func parts(of tag: String) -> (place: Place, kind: String) {
    guard tag != "O", let first = tag.first else { return (.outside, "") }
    let kind = String(tag.dropFirst(2))
    guard tag.dropFirst().first == "-", !kind.isEmpty else { return (.alone, tag) }
    switch first {
    case "B": return (.first, kind)
    case "I", "M": return (.within, kind)
    case "E", "L": return (.last, kind)
    case "S", "U": return (.alone, kind)
    default: return (.alone, tag)
    }
  }

  /// Whether the first word of a text may have a tag.
  public func mayBegin(_ tag: Int) -> Bool { [.outside, .first, .alone].contains(parts[tag].place) }

  /// Whether the last word of a text may have a tag.
  public func mayEnd(_ tag: Int) -> Bool { !marksEnds || [.outside, .last, .alone].contains(parts[tag].place) }

  /// Whether a tag may stand behind another.
  public func mayFollow(_ tag: Int, behind before: Int) -> Bool {
    let (here, there) = (parts[tag], parts[before])
    let isOpen = there.place == .first || there.place == .within
    let goesOn = here.place == .within || here.place == .last
    if goesOn { return isOpen && here.kind == there.kind }
    return !(isOpen && marksEnds)
  }
}

/// A part of a sequence that is an entity.
public struct EntitySpan: Sendable, Hashable {
  /// What it is, as in its tags: B-place marks a `place`.
  public let kind: String
  /// The numbers of its words.
  public let words: Range<Int>

  /// An entity of a kind over some words.
  public init(_ kind: String, _ words: Range<Int>) { (self.kind, self.words) = (kind, words) }
}

extension TagScheme {
  /// The entities of a sequence of tags. Tags that break the scheme are read kindly, as conlleval does it: an entity also
  /// begins where a tag goes on with none before it, or with one of another kind.
  ///
  /// - Source: Tjong Kim Sang and Buchholz 2000, "Introduction to the CoNLL-2000 shared task: chunking".
  public func entities(_ sequence: [Int]) -> [EntitySpan] {
    var entities: [EntitySpan] = []
    var begin: Int?
    for (index, tag) in sequence.enumerated() {
      let here = parts[tag]
      if let start = begin {
        let open = parts[sequence[index - 1]]
        let goesOn = here.place == .within || here.place == .last
        if !goesOn || here.kind != open.kind || open.place == .last || open.place == .alone {
          entities.append(EntitySpan(open.kind, start..<index))
          begin = nil
        }
      }
      if begin == nil, here.place != .outside { begin = index }
    }
    if let begin { entities.append(EntitySpan(parts[sequence[sequence.count - 1]].kind, begin..<sequence.count)) }
    return entities
  }
}
