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
  /// How many readings each step of a compact network gives: letters may be as narrow as a step, Chinese characters never.
  let readings: Int

  init(
    _ material: ReadingCorpus, script: FontLibrary.Script, lengths: [ClosedRange<Int>], heldOut: Set<String>,
    vertical: Float = 0, readings: Int = 1
  ) {
    (self.material, self.script, self.lengths) = (material, script, lengths)
    (self.heldOut, self.vertical) = (heldOut, vertical)
    self.readings = readings
  }

  func training(_ plan: TaskPlan) throws -> ReadingTraining {
    let from = try plan.options["from"].map { try TextReader(named: $0) }
    let alphabet = Alphabet((from?.alphabet.characters ?? []) + material.alphabet.characters)
    let all = FontLibrary().typefaces(for: script)
    let known = all.filter { !heldOut.contains($0.family) }
    let unseen = all.filter { heldOut.contains($0.family) }
    let corpus = KnownCorpus(material.corpus, of: material.alphabet)
    let renderer = try LineRenderer(typefaces: known, corpus: corpus, damage: .photographed, vertical: vertical)
    let lines = try plan.integer("lines", 32...1_000_000) ?? 10_000
    let samples = ReadingSamples(
      "drawn lines", [], drawn: DrawnLines(renderer, lengths: lengths, count: lines), alphabet: alphabet)
    let families = Set(known.map(\.family)).count
    return ReadingTraining(
      try plan.reader(knowing: alphabet, from: from, readings: readings), train: samples,
      tests: try tests(unseen.isEmpty ? known : unseen, corpus),
      plan: plan, batch: 32, rate: from == nil ? 2e-3 : 1e-3,
      introduction: "\(lines) lines an epoch, drawn in \(known.count) faces of \(families) families; text from "
        + "\(material.origin); \(alphabet.count) characters"
        + (from.map { ", \($0.alphabet.count) of them known before" } ?? ""))
  }

  /// Lines in faces that are kept out of training: as drawn, damaged, and from top to bottom.
  private func tests(_ faces: [Typeface], _ corpus: KnownCorpus) throws(DataError) -> [ReadingTest] {
    let range = (lengths.first?.lowerBound ?? 1)...(lengths.last?.upperBound ?? 20)
    func test(_ name: String, _ key: String, _ damage: LineDamage, vertical: Float = 0) throws(DataError) -> ReadingTest
    {
      let renderer = try LineRenderer(
        typefaces: faces, corpus: corpus, lengths: range, style: .plain, damage: damage, vertical: vertical)
      return ReadingTest(name: name, key: key, lines: DrawnLines.fixed(renderer, 300), isVertical: vertical > 0)
    }
    var tests = [
      try test("clean lines in other fonts", "clean", .clean), try test("damaged ones", "damaged", .photographed),
    ]
    if vertical > 0 { tests.append(try test("from top to bottom", "vertical", .clean, vertical: 1)) }
    return tests
  }
}
