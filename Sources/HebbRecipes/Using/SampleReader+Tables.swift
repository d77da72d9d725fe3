import HebbArrays
import HebbTraining
import HebbFiles

extension SampleReader {
  /// A row of numbers between commas, semicolons, tabs or spaces.
  package func row(_ text: String, name: String) throws(DataError) -> Sample {
    try row(DelimitedText(text, name: name, spaces: true).lines.first?.cells.map(trimmed) ?? [], name: name, line: nil)
  }

  /// A sample for each line, but for one that names the columns.
  func rows(of text: String, name: String) throws(DataError) -> [Sample] {
    let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    try checkLengths(text, name: name)
    var lines = try DelimitedText(text, name: name, spaces: true).lines.map {
      ($0.number, cells: $0.cells.map(trimmed))
    }
    guard let first = lines.first else {
      throw DataError(name, "it holds no numbers", advice: "give a picture, or rows of numbers")
    }
    var header: TableHeader?
    let isNamed = !model.columns.isEmpty && Set(model.columns).isSubset(of: first.cells)
    if isNamed || ColumnNames.areNames(first.cells, above: lines.dropFirst().map(\.cells)) {
      header = try TableHeader(first.cells, for: model, name: name, line: first.0)
      lines.removeFirst()
    }
    guard !lines.isEmpty else {
      throw DataError(name, "it holds no numbers", advice: "give a picture, or rows of numbers")
    }
    var samples: [Sample] = []
    for (number, cells) in lines {
      samples.append(try row(header?.inputs(of: cells) ?? cells, name: name, line: number))
    }
    return samples
  }

  /// Refuses lines that are far too long before they are cut.
  private func checkLengths(_ text: String, name: String) throws(DataError) {
    // By bytes, which is quick; a carriage return before the line's end is white space.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let limit = max(SampleReader.cellLimit * (model.input.count + 2), SampleReader.headerLimit)
    guard let long = lines.firstIndex(where: { $0.count > limit }) else { return }
    throw DataError(
      name, at: "line \(long + 1)", "it is too long for the \(model.input.count) numbers that the network takes",
      advice: "give \(model.input.count) numbers, separated by commas")
  }

  /// No number needs more characters.
  private static let cellLimit = 256
  /// A table may have many more columns than the network takes, where they have names.
  private static let headerLimit = 1 << 16

  private func row(_ cells: [String], name: String, line: Int?) throws(DataError) -> Sample {
    let place = line.map { "line \($0)" }
    guard cells.count == model.input.count else {
      throw DataError(
        name, at: place, "it has \(PlainNumber.count(cells.count, "number")), the network takes \(model.input.count)",
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
