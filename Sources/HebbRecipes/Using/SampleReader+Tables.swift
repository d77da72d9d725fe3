import HebbArrays

extension SampleReader {
  /// A row of numbers between commas, semicolons, tabs or spaces.
  package func row(_ text: String, name: String) throws(DataError) -> Sample {
    try row(TableLine(text).cells, name: name, line: nil)
  }

  /// A sample for each line. A first line without any number names the columns.
  func rows(of text: String, name: String) throws(DataError) -> [Sample] {
    var samples: [Sample] = []
    var header: TableHeader?
    // By bytes, which is quick; a carriage return before the line's end is white space.
    let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      let cellCount = max(model.input.count, header?.count ?? 0) + 2
      guard bytes.count <= SampleReader.cellLimit * cellCount || bytes.count <= SampleReader.headerLimit else {
        throw DataError(
          name, at: "line \(index + 1)", "it is too long for the \(model.input.count) numbers that the network takes",
          advice: "give \(model.input.count) numbers, separated by commas")
      }
      let line = Substring(bytes)
      if line.allSatisfy(\.isWhitespace) { continue }
      let cells = TableLine(line).cells
      if samples.isEmpty, header == nil, !cells.contains(where: { Float($0) != nil }) {
        header = try TableHeader(cells, for: model, name: name, line: index + 1)
        continue
      }
      samples.append(try row(header?.inputs(of: cells) ?? cells, name: name, line: index + 1))
    }
    guard !samples.isEmpty else {
      throw DataError(name, "it holds no numbers", advice: "give a picture, or rows of numbers")
    }
    return samples
  }

  /// No number needs more characters.
  private static let cellLimit = 256
  /// A table may have many more columns than the network takes, where they have names.
  private static let headerLimit = 1 << 16

  private func row(_ cells: [String], name: String, line: Int?) throws(DataError) -> Sample {
    let place = line.map { "line \($0)" }
    guard cells.count == model.input.count else {
      throw DataError(
        name, at: place, "it has \(cells.count) numbers, the network takes \(model.input.count)",
        advice: "give \(model.input.count) numbers, separated by commas")
    }
    var numbers: [Float] = []
    for cell in cells {
      guard let number = Float(cell), number.isFinite, !cell.utf8.contains(0) else {
        throw DataError(name, at: place, "“\(cell.prefix(40))” is not a number", advice: "write a number there")
      }
      numbers.append(number)
    }
    let values = NDArray(numbers, shape: model.input)
    try EmbeddingNumbers.check(model.normalization.normalized(values), for: model.network, name: name)
    return Sample(name: line.map { "\(name):\($0)" } ?? name, values: values, looksInverted: false)
  }
}
