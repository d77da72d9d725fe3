/// How the text of pages is written down.
public enum ReadingFormat: String, CaseIterable, Sendable {
  /// Lines below each other, an empty line between paragraphs; before each of several pages its name.
  case text
  /// A table of lines with their boxes.
  case tsv
  /// A line of JSON for each page, with corners and characters.
  case json
  /// A document with blocks, paragraphs, lines and words.
  case hocr

  /// The media type.
  public var mediaType: String {
    switch self {
    case .text: "text/plain; charset=utf-8"
    case .tsv: "text/tab-separated-values; charset=utf-8"
    case .json: "application/json"
    case .hocr: "application/xhtml+xml; charset=utf-8"
    }
  }

  /// What stands before the first page.
  ///
  /// - Parameter areMany: whether pages are told apart by their names.
  public func head(areMany: Bool) -> String {
    switch self {
    case .text, .json: ""
    case .tsv: (areMany ? "file\t" : "") + PageText.tsvHeader + "\n"
    case .hocr: PageText.hOCRHead
    }
  }

  /// A page.
  ///
  /// - Parameter number: from 0.
  public func page(_ page: PageText, name: String, number: Int, areMany: Bool) -> String {
    switch self {
    case .text:
      (areMany ? "\(number > 0 ? "\n" : "")\(name):\n" : "") + (page.text.isEmpty ? "" : page.text + "\n")
    case .tsv:
      page.tsv.split(separator: "\n").map { (areMany ? "\(ReadingFormat.cell(name))\t" : "") + $0 + "\n" }.joined()
    case .json: page.json(name).description + "\n"
    case .hocr: page.hOCR(name, page: number + 1)
    }
  }

  /// A name that is one cell of a table.
  private static func cell(_ name: String) -> String {
    String(name.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }

  /// What stands after the last page.
  public var tail: String { self == .hocr ? PageText.hOCRTail : "" }
}
