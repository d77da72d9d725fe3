import Foundation
import HebbArrays

/// Texts with the name of a class each, from a file or a folder of the user's own.
public struct LabelledTexts: Sendable {
  /// A text and where it stands.
  public struct Item: Sendable {
    /// What is to be classified, without spaces around it.
    public let text: String
    /// The name of its class.
    public let label: String
  }

  /// In the order of the table; from folders class by class, by the names of the files.
  public private(set) var items: [Item]

  /// Texts that are there already.
  public init(_ items: [Item]) { self.items = items }

  /// Reads a table with a column of texts and one of labels, or a folder that has a folder of `.txt` files for each class.
  ///
  /// A table is CSV, or has tabs between its cells (no quotation marks are read then). The first line may name the columns;
  /// without names, the one of the first two columns that has fewer different cells is that of the labels.
  public init(reading path: String) throws(DataError) {
    if PackedFiles.isFolder(path) {
      try self.init(folder: path)
    } else {
      try self.init(TextColumns(reading: path))
    }
  }

  private init(_ columns: TextColumns) throws(DataError) {
    guard let label = columns.label else {
      throw DataError(
        columns.name, "it has no column of labels", advice: "name the columns text and label in the first line")
    }
    items = []
    for (number, cells) in columns.lines {
      let item = Item(text: trimmed(cells[columns.text]), label: trimmed(cells[label]))
      guard !item.text.isEmpty, !item.label.isEmpty else {
        let missing = item.text.isEmpty ? "the text is empty" : "there is no label"
        throw DataError(columns.name, at: "line \(number)", missing, advice: "fill it in, or leave the line out")
      }
      items.append(item)
    }
  }

  private init(folder: String) throws(DataError) {
    items = []
    func entries(_ path: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }
    for label in entries(folder) {
      for file in entries("\(folder)/\(label)") where file.hasSuffix(".txt") {
        let path = "\(folder)/\(label)/\(file)"
        let text = trimmed(try TextFile.read(path, limit: 1 << 24))
        guard !text.isEmpty else { throw DataError(path, "it is empty", advice: "leave it out") }
        items.append(Item(text: text, label: label))
      }
    }
    guard !items.isEmpty else {
      throw DataError(
        folder, "it has no folders of .txt files", advice: "make a folder for each class, or name a table")
    }
  }
}

/// A table with a column of texts, and one of labels where there is one.
public struct TextColumns: Sendable {
  let name: String
  /// The numbers of the columns.
  public let text: Int, label: Int?
  /// The lines that are not empty, without the header, with their numbers in the file, from 1.
  public let lines: [(number: Int, cells: [String])]

  private static let textNames = [
    "text", "sentence", "review", "message", "content", "question", "document", "comment", "文本", "内容",
  ]
  private static let labelNames = ["label", "class", "category", "sentiment", "target", "tag", "rating", "标签", "类别"]

  /// Reads a table, plain or packed by gzip. A first line that names a column of texts or labels is its header.
  public init(reading path: String) throws(DataError) {
    try self.init(Archive.unpacked(.file(path), limit: 1 << 28), name: path)
  }

  /// - Parameter name: what errors call it.
  public init(_ bytes: [UInt8], name: String) throws(DataError) {
    self.name = name
    var lines = try TextColumns.lines(bytes, name: name)
    guard let first = lines.first else { throw DataError(name, "it has no lines", advice: "check the file") }
    let width = first.cells.count
    if let ragged = lines.first(where: { $0.cells.count != width }) {
      throw DataError(
        name, at: "line \(ragged.number)", "it has \(ragged.cells.count) columns, the first line \(width)",
        advice: "quote texts that hold commas, or put a tab between the columns")
    }
    let header = first.cells.map { trimmed($0).lowercased() }
    let text = header.firstIndex { TextColumns.textNames.contains($0) }
    let label = header.firstIndex { TextColumns.labelNames.contains($0) }
    if text != nil || label != nil { lines.removeFirst() }
    guard !lines.isEmpty else { throw DataError(name, "it has no texts", advice: "give a line for each") }
    switch (text, label) {
    case (let text?, let label?): (self.text, self.label) = (text, label)
    case (let text?, nil): (self.text, self.label) = (text, width == 2 ? 1 - text : nil)
    case (nil, let label?) where width == 2: (self.text, self.label) = (1 - label, label)
    case (nil, nil) where width == 1: (self.text, self.label) = (0, nil)
    case (nil, nil) where width == 2:
      let kinds = (0..<2).map { column in Set(lines.map { $0.cells[column] }).count }
      let label = kinds[0] < kinds[1] ? 0 : 1
      try TextColumns.check(first.cells, above: lines.dropFirst().map { $0.cells[label] }, label: label, name: name)
      (self.text, self.label) = (1 - label, label)
    default:
      throw DataError(
        name, at: "line 1", "none of its \(width) columns is named text",
        advice: "name the columns text and label in the first line")
    }
    self.lines = lines
  }

  /// Refuses a first line that seems to name columns, in words that are not known: its label is like no other, and those
  /// come again and again.
  private static func check(
    _ first: [String], above labels: [String], label: Int, name: String
  ) throws(DataError) {
    let counts = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    guard counts.count > 1, counts[first[label]] == nil, counts.values.allSatisfy({ $0 > 1 }) else { return }
    throw DataError(
      name, at: "line 1", "“\(first.joined(separator: ","))” seems to name the columns, but neither text nor label",
      advice: "name them text and label there")
  }

  private static func lines(
    _ bytes: [UInt8], name: String
  ) throws(DataError) -> [(number: Int, cells: [String])] {
    let text = try TextFile.decode(bytes, name: name)
    let rows = TextFile.lines(in: text)
    guard rows.first?.contains("\t") == true else { return try DelimitedText(text, name: name).lines }
    return rows.enumerated().filter { !$0.element.allSatisfy(\.isWhitespace) }.map { index, row in
      (index + 1, row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
    }
  }
}
