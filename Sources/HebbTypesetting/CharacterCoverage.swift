/// A set of characters: those that a font can draw, or those that may appear in a text.
public struct CharacterCoverage: Sendable, Hashable {
  /// A bit for each code point below U+20000, which holds all but the rarest characters.
  private var bits: [UInt64]
  private var rest: Set<UInt32> = []

  private static let limit: UInt32 = 0x20000

  /// The characters of a text.
  public init(_ text: some Sequence<Unicode.Scalar>) {
    bits = [UInt64](repeating: 0, count: Int(CharacterCoverage.limit / 64))
    for scalar in text { insert(scalar.value) }
  }

  mutating func insert(_ point: UInt32) {
    if point < CharacterCoverage.limit {
      bits[Int(point >> 6)] |= 1 << UInt64(point & 63)
    } else {
      rest.insert(point)
    }
  }

  public func contains(_ scalar: Unicode.Scalar) -> Bool {
    let point = scalar.value
    if point < CharacterCoverage.limit { return bits[Int(point >> 6)] >> UInt64(point & 63) & 1 != 0 }
    return rest.contains(point)
  }

  /// Whether every character of a text is there.
  public func contains(_ text: some StringProtocol) -> Bool { text.unicodeScalars.allSatisfy(contains) }

  /// How many characters there are.
  public var count: Int { bits.reduce(rest.count) { $0 + $1.nonzeroBitCount } }

  /// What both sets hold.
  public func intersection(_ other: CharacterCoverage) -> CharacterCoverage {
    var both = self
    for i in bits.indices { both.bits[i] &= other.bits[i] }
    both.rest.formIntersection(other.rest)
    return both
  }
}
