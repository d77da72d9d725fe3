import Hebb
import HebbFiles
import HebbOCR
import HebbTypesetting

/// Learning to read from lines that the machine's fonts draw.
struct RenderedReading {
  let material: ReadingCorpus
  let script: FontLibrary.Script
  /// How many characters lines have, by class.
  let lengths: [ClosedRange<Int>]
  /// Families that are kept out of training and draw the lines to test.
  let heldOut: Set<String>
  let vertical: Float

  init(
    _ material: ReadingCorpus, script: FontLibrary.Script, lengths: [ClosedRange<Int>], heldOut: Set<String>,
    vertical: Float = 0
  ) {
    (self.material, self.script, self.lengths) = (material, script, lengths)
    (self.heldOut, self.vertical) = (heldOut, vertical)
  }

  func training(_ plan: TaskPlan) throws(DataError) -> ReadingTraining {
    guard let kind = LineNetworkKind(rawValue: plan.kind) else {
      throw DataError(plan.recipe.name, "there is no kind \(plan.kind)", advice: "give another one")
    }
    let all = FontLibrary().typefaces(for: script)
    let known = all.filter { !heldOut.contains($0.family) }
    let unseen = all.filter { heldOut.contains($0.family) }
    let corpus = KnownCorpus(material.corpus, of: material.alphabet)
    let renderer = try LineRenderer(typefaces: known, corpus: corpus, damage: .photographed, vertical: vertical)
    let lines = try plan.integer("lines", 32...1_000_000) ?? 10_000
    let samples = ReadingSamples(
      "drawn lines", [], drawn: DrawnLines(renderer, lengths: lengths, count: lines), alphabet: material.alphabet)
    var random = Philox(seed: plan.seed)
    let reader = TextReader(
      kind.network(classes: material.alphabet.count + 1, using: &random), kind: kind, alphabet: material.alphabet)
    let families = Set(known.map(\.family)).count
    return ReadingTraining(
      reader, train: samples, tests: try tests(unseen.isEmpty ? known : unseen, corpus),
      plan: plan, batch: 32,
      introduction: "\(lines) lines an epoch, drawn in \(known.count) faces of \(families) families; text from "
        + "\(material.origin); \(material.alphabet.count) characters")
  }

  /// Lines in faces that are kept out of training: as drawn, damaged, and from top to bottom.
  private func tests(_ faces: [Typeface], _ corpus: KnownCorpus) throws(DataError) -> [ReadingTest] {
    let range = (lengths.first?.lowerBound ?? 1)...(lengths.last?.upperBound ?? 20)
    func test(_ name: String, _ key: String, _ damage: LineDamage, vertical: Float = 0) throws(DataError) -> ReadingTest
    {
      let renderer = try LineRenderer(
        typefaces: faces, corpus: corpus, lengths: range, style: .plain, damage: damage, vertical: vertical)
      return ReadingTest(name: name, key: key, lines: DrawnLines.fixed(renderer, 300))
    }
    var tests = [
      try test("clean lines in other fonts", "clean", .clean), try test("damaged ones", "damaged", .photographed),
    ]
    if vertical > 0 { tests.append(try test("from top to bottom", "vertical", .clean, vertical: 1)) }
    return tests
  }
}
