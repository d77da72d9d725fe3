import HebbArrays
import HebbData
import HebbFiles

/// Draws lines of text, each in a typeface, a size and a manner of its own, as endless material to learn reading from.
///
///     let renderer = try LineRenderer(typefaces: FontLibrary().typefaces(for: .latin), corpus: WordCorpus(text))
///     var random = Philox(seed: 1).split(epoch).split(index)
///     let line = renderer.line(using: &random)
///
/// A line is a function of the generator's state alone, so threads may draw lines in any order.
public struct LineRenderer: LineSource {
  /// Faces by family: families are drawn evenly, then a face of one.
  private let families: [[Typeface]]
  public let corpus: any Corpus
  /// How many characters lines have, at least and at most.
  public let lengths: ClosedRange<Int>
  public let style: LineStyle
  public let damage: LineDamage
  /// How likely a line goes down the page.
  public let vertical: Float

  /// - Parameters:
  ///   - typefaces: those of a family in their order; one that can draw no line of the corpus is left out.
  ///   - lengths: how many characters lines have, at least and at most.
  ///   - vertical: how likely a line goes down the page.
  /// - Throws: `DataError` where no typeface can draw a line of the corpus.
  public init(
    typefaces: [Typeface], corpus: any Corpus, lengths: ClosedRange<Int> = 1...32, style: LineStyle = LineStyle(),
    damage: LineDamage = .photographed, vertical: Float = 0
  ) throws(DataError) {
    require(lengths.lowerBound > 0, "lines of \(lengths) characters")
    let useful = typefaces.filter { Self.canDraw($0, corpus, lengths) }
    guard !useful.isEmpty else {
      let names = Set(typefaces.map(\.family)).sorted().joined(separator: ", ")
      throw DataError(
        names.isEmpty ? "fonts" : names,
        names.isEmpty ? "there are none to draw lines with" : "none of them can draw a line of the texts given",
        advice: "install fonts of that script (Scripts/needs fonts), or name a folder that has some")
    }
    families = Dictionary(grouping: useful, by: \.family).sorted { $0.key < $1.key }.map(\.value)
    self.corpus = corpus
    self.lengths = lengths
    self.style = style
    self.damage = damage
    self.vertical = vertical
  }

  /// The same with lines of other lengths.
  public func drawing(lengths: ClosedRange<Int>) -> LineRenderer { LineRenderer(self, lengths) }

  private init(_ other: LineRenderer, _ lengths: ClosedRange<Int>) {
    (families, corpus, style, damage) = (other.families, other.corpus, other.style, other.damage)
    (vertical, self.lengths) = (other.vertical, lengths)
  }

  private static func canDraw(_ typeface: Typeface, _ corpus: any Corpus, _ lengths: ClosedRange<Int>) -> Bool {
    var random = Philox(seed: 0)
    for _ in 0..<30 {
      guard let text = corpus.line(of: typeface.characters, lengths: lengths, using: &random) else { continue }
      let setting = LineSetting(.plain, using: &random)
      if LineSheet(text, in: typeface, setting, isVertical: false, using: &random) != nil { return true }
    }
    return false
  }

  /// Draws a line.
  public func line(using random: inout Philox) -> RenderedLine {
    for _ in 0..<1000 {
      let typeface = random.one(of: random.one(of: families))
      let isVertical = random.happens(vertical)
      if let text = corpus.line(of: typeface.characters, lengths: lengths, using: &random),
        let line = drawn(text, in: typeface, isVertical: isVertical, using: &random)
      {
        return line
      }
    }
    let names = families.map { $0[0].family }.joined(separator: ", ")
    fatalError("the corpus has no line of \(lengths) characters that any of these can draw: \(names)")
  }

  /// Draws a text of one's own.
  ///
  /// - Returns: `nil` where the typeface cannot draw a character of it.
  public func drawn(
    _ text: String, in typeface: Typeface, isVertical: Bool, using random: inout Philox
  ) -> RenderedLine? {
    let setting = LineSetting(style, using: &random)
    let damage = damage.chosen(using: &random)
    guard var sheet = LineSheet(text, in: typeface, setting, isVertical: isVertical, using: &random) else { return nil }
    if let distance = damage.neighbours.drawn(using: &random) {
      sheet.addNeighbours(distance: distance, typeface, setting, corpus: corpus, using: &random)
    }
    let colors = colors(using: &random)
    let coverage = sheet.cutOut(style, damage, using: &random)
    let plane = damage.inked(coverage, ink: colors.ink, paper: colors.paper, using: &random)
    let picture = damage.recorded(
      plane, lineHeight: sheet.lineHeight, ink: colors.ink, paper: colors.paper, using: &random)
    return RenderedLine(
      picture: isVertical ? Picture.turned(picture, quarters: 1) : picture, text: text, isVertical: isVertical)
  }

  private func colors(using random: inout Philox) -> (ink: Float, paper: Float) {
    var (ink, paper): (Float, Float) = (random.number(in: 0...40), random.number(in: 235...255))
    if random.happens(0.6) {
      paper = random.number(in: min(255, style.contrast + 40)...255)
      let part = random.fraction()
      ink = (paper - style.contrast) * part * part
    }
    return random.happens(style.inverted) ? (255 - ink, 255 - paper) : (ink, paper)
  }
}
