import HebbArrays

extension PageText {
  /// One line of JSON: the page, its lines with corners, and their characters with boxes.
  ///
  /// - Parameter name: of the file.
  package func json(_ name: String) -> JSON {
    .object([
      .init("file", .string(name)), .init("width", .integer(width)), .init("height", .integer(height)),
      .init("quarter_turns", .integer(quarterTurns)), .init("angle", .number(PageText.rounded(angle))),
      .init("text", .string(text)), .init("lines", .array(lines.map(PageText.json))),
    ])
  }

  private static func json(_ line: Line) -> JSON {
    let characters = zip(line.reading.glyphs, line.glyphs).map { glyph, quadrilateral -> JSON in
      .object([
        .init("text", .string(String(glyph.character))), .init("box", box(PageBounds([quadrilateral]))),
        .init("confidence", .number(rounded(glyph.confidence))),
      ])
    }
    return .object([
      .init("text", .string(line.text)), .init("confidence", .number(rounded(line.confidence))),
      .init(
        "corners",
        .array(
          line.quadrilateral.corners.map { corner in
            .array([.number(rounded(Double(corner.x))), .number(rounded(Double(corner.y)))])
          })),
      .init("box", box(line.bounds)), .init("vertical", .bool(line.isVertical)),
      .init("block", .integer(line.block)), .init("paragraph", .integer(line.paragraph)),
      .init("characters", .array(characters)),
    ])
  }

  private static func box(_ bounds: PageBounds) -> JSON {
    .array([bounds.left, bounds.top, bounds.right, bounds.bottom].map { .integer($0) })
  }

  /// Three places are enough for pixels and probabilities.
  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  /// The names of the columns of ``tsv``.
  public static let tsvHeader = "block\tparagraph\tline\tleft\ttop\twidth\theight\tconfidence\ttext"

  /// A line for each line, with tabs between the cells. Confidences are percentages.
  public var tsv: String {
    lines.enumerated().map { number, line in
      let box = line.bounds
      let cells = [line.block, line.paragraph, number, box.left, box.top, box.right - box.left, box.bottom - box.top]
      return cells.map(String.init).joined(separator: "\t")
        + "\t\(Int((100 * line.confidence).rounded()))\t\(line.text)\n"
    }.joined()
  }

  /// A page of hOCR: blocks, paragraphs, lines and words with their boxes, as other programs make searchable files of.
  ///
  /// - Source: the hOCR specification 1.2, http://kba.github.io/hocr-spec/1.2/.
  public func hOCR(_ name: String, page: Int) -> String {
    var out =
      "<div class=\"ocr_page\" id=\"page_\(page)\" title=\"image &quot;\(PageText.escaped(name))&quot;; bbox 0 0 \(width) \(height); ppageno \(page - 1)\">\n"
    let blocks = Dictionary(grouping: lines.indices) { lines[$0].block }
    for (number, block) in blocks.keys.sorted(by: { blocks[$0]![0] < blocks[$1]![0] }).enumerated() {
      let members = blocks[block] ?? []
      out += "<div class=\"ocr_carea\" id=\"block_\(page)_\(number + 1)\" title=\"\(title(of: members))\">\n"
      let paragraphs = Dictionary(grouping: members) { lines[$0].paragraph }
      for paragraph in paragraphs.keys.sorted() {
        let own = paragraphs[paragraph] ?? []
        out += "<p class=\"ocr_par\" id=\"par_\(page)_\(paragraph + 1)\" title=\"\(title(of: own))\">\n"
        for index in own { out += hOCR(line: index, page: page) }
        out += "</p>\n"
      }
      out += "</div>\n"
    }
    return out + "</div>\n"
  }

  private func hOCR(line index: Int, page: Int) -> String {
    let words = lines[index].words.enumerated().map { number, word in
      "<span class=\"ocrx_word\" id=\"word_\(page)_\(index + 1)_\(number + 1)\" title=\"\(PageText.title(word.bounds)); "
        + "x_wconf \(Int((100 * word.confidence).rounded()))\">\(PageText.escaped(word.text))</span>"
    }
    return "<span class=\"ocr_line\" id=\"line_\(page)_\(index + 1)\" title=\"\(title(of: [index]))\">"
      + words.joined(separator: " ") + "</span>\n"
  }

  private func title(of members: [Int]) -> String {
    PageText.title(PageBounds(members.map { lines[$0].quadrilateral }))
  }

  private static func title(_ bounds: PageBounds) -> String {
    "bbox \(bounds.left) \(bounds.top) \(bounds.right) \(bounds.bottom)"
  }

  /// The file around pages of hOCR.
  public static func hOCRDocument(_ pages: [String]) -> String { hOCRHead + pages.joined() + hOCRTail }

  /// What stands before the pages in a file of hOCR.
  public static let hOCRHead = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml">
    <head>
    <meta charset="utf-8"/>
    <title>Text of pictures</title>
    <meta name="ocr-system" content="hebb"/>
    <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word"/>
    </head>
    <body>

    """
  /// What stands behind the pages in a file of hOCR.
  public static let hOCRTail = "</body>\n</html>\n"

  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.append(character)
      }
    }
    return out
  }
}
