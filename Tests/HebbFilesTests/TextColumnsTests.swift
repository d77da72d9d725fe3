import HebbArrays
import HebbFiles
import HebbTesting
import Testing

@Suite struct TextColumnsTests {
  private func columns(_ text: String) throws(DataError) -> TextColumns {
    try TextColumns(Array(text.utf8), name: "table.csv")
  }

  @Test func aHeaderIsNoText() throws {
    let named = try columns("comment,rating\nfine,good\nbad,poor\n")
    #expect(named.lines.count == 2 && named.text == 0 && named.label == 1)
    // Words that are not known, above labels that come again and again.
    #expect(throws: DataError.self) { try columns("remark,stars\nfine,good\nnice,good\nbad,poor\nawful,poor\n") }
    let plain = try columns("fine,good\nnice,good\nbad,poor\nawful,poor\n")
    #expect(plain.lines.count == 4 && plain.label == 1)
  }

  @Test func columnsAreNotGuessedAmongMany() {
    #expect(throws: DataError.self) { try columns("1,fine,good\n2,bad,poor\n") }
  }
}
