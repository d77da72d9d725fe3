import HebbLabs
import HebbPlots
import Testing

/// What holds for every experiment.
@Suite struct LabTests {
  @Test func namesAreUnique() {
    #expect(Set(Labs.all.map(\.name)).count == Labs.all.count)
    #expect(Labs.all.allSatisfy { !$0.title.isEmpty && $0.question.hasSuffix("?") })
  }

  @Test(arguments: Labs.all.map(\.name))
  func aReportIsFullAndTheSameAgain(name: String) throws {
    let lab = try #require(Labs.named(name))
    let options = LabOptions(seed: 3, effort: 0.05)
    let (first, second) = (try lab.run(options), try lab.run(options))
    #expect(!first.sections.isEmpty && !first.figures.isEmpty && !first.sentences.isEmpty)
    #expect(first.tables.allSatisfy { table in table.rows.allSatisfy { $0.count == table.header.count } })
    #expect(first.text(of: lab) == second.text(of: lab))
    #expect(first.figures.map { $0.figure.svg() } == second.figures.map { $0.figure.svg() })
    #expect(Set(first.figures.map(\.name)).count == first.figures.count)
    #expect(first.json(of: lab, seed: 3, pictures: []).hasPrefix("{\"lab\":\"\(name)\""))
  }
}
