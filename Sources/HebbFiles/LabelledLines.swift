import Foundation
import HebbArrays

/// Pictures of lines with the text of each, from a folder or an archive.
///
/// A table gives the texts, a line for each picture: its name, then a tab or a comma, then the text, which may stand in
/// quotation marks. Without a table the pictures' names do: `text.png`, or `text_anything.png` where texts come again.
public struct LabelledLines: Sendable {
  /// A line's picture, its text, and where it came from.
  public struct Item: Sendable {
    /// `uint8` `[height, width, 1]`, at most ``rowLimit`` rows.
    public let picture: NDArray
    /// What is written in the picture.
    public let text: String
    /// What messages call it: where the picture lies.
    public let name: String

    /// A line with its text.
    ///
    /// - Parameter picture: `uint8` `[height, width, 1]`.
    public init(picture: NDArray, text: String, name: String) {
      (self.picture, self.text, self.name) = (picture, text, name)
    }
  }

  /// Pictures whose text is known, in the order of their paths.
  public private(set) var items: [Item] = []

  /// Higher pictures are scaled down to so many rows.
  public static let rowLimit = 48

  /// - Parameters:
  ///   - path: a folder or an archive of PNG and JPEG pictures.
  ///   - table: a file with the texts; where nil, a file labels.tsv, labels.csv, labels.txt or one whose name ends in gt.txt
  ///     that lies among the pictures.
  public init(reading path: String, table: String? = nil) throws(DataError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw DataError(path, "it is not there", advice: "name a folder of PNG or JPEG pictures, or an archive of them")
    }
    var texts = try table.map { (table) throws(DataError) in try LabelledLines.texts(in: TextFile.read(table), table) }
    var files: [(path: String, bytes: [UInt8], name: String)] = []
    try PackedFiles.forEach(in: path, where: { LabelledLines.isPicture($0) || LabelledLines.isTable($0) }) {
      (inner, bytes, name) throws(DataError) in
      if LabelledLines.isPicture(inner) {
        files.append((inner, bytes, name))
      } else if table == nil {
        let found = try LabelledLines.texts(in: TextFile.decode(bytes, name: name), name)
        texts = (texts ?? [:]).merging(found) { first, _ in first }
      }
    }
    guard !files.isEmpty else {
      throw DataError(path, "there are no PNG or JPEG pictures in it", advice: "name the folder that holds them")
    }
    for file in files {
      guard let text = LabelledLines.text(of: file.path, texts) else { continue }
      let clean = text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace).joined(
        separator: " ")
      guard !clean.isEmpty else { continue }
      let picture = try Picture.decode(file.bytes, name: file.name, pixelLimit: 1 << 24)
      items.append(Item(picture: LabelledLines.small(picture), text: clean, name: file.name))
    }
    guard !items.isEmpty else {
      throw DataError(
        table ?? path, "it gives no text for any of the \(files.count) pictures",
        advice: "write lines with a picture's name, a tab, and its text")
    }
  }

  /// In grey, and not higher than the limit.
  private static func small(_ picture: NDArray) -> NDArray {
    let grey = Picture.grey(picture)
    let (height, width) = (grey.shape[0], grey.shape[1])
    guard height > rowLimit else { return grey }
    return Picture.resized(grey, height: rowLimit, width: max(1, width * rowLimit / height))
  }

  private static func isPicture(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".png", ".jpg", ".jpeg"].contains { name.hasSuffix($0) }
  }

  private static func isTable(_ path: String) -> Bool {
    let name = (path as NSString).lastPathComponent.lowercased()
    return ["labels.tsv", "labels.csv", "labels.txt"].contains(name) || name.hasSuffix("gt.txt")
  }

  /// The text of a picture by a table, which may call it .png where it is .jpg; without a table by its name.
  private static func text(of path: String, _ texts: [String: String]?) -> String? {
    let name = (path as NSString).lastPathComponent
    let stem = (name as NSString).deletingPathExtension
    guard let texts else {
      return stem.lastIndex(of: "_").map { String(stem[..<$0]) } ?? stem
    }
    return texts[name] ?? texts[path] ?? texts[stem]
  }

  /// The texts of a table by the pictures' names, with and without their endings.
  private static func texts(in table: String, _ name: String) throws(DataError) -> [String: String] {
    var texts: [String: String] = [:]
    for (index, line) in TextFile.lines(in: table).enumerated() where !line.allSatisfy(\.isWhitespace) {
      guard let end = line.firstIndex(of: "\t") ?? line.firstIndex(of: ",") else {
        throw DataError(
          name, at: "line \(index + 1)", "there is no tab or comma behind the picture's name",
          advice: "write the name, a tab, and the text")
      }
      let picture = line[..<end].trimmingCharacters(in: .whitespaces)
      let text = unquoted(line[line.index(after: end)...].trimmingCharacters(in: .whitespaces))
      texts[picture] = text
      texts[(picture as NSString).deletingPathExtension] = text
    }
    return texts
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, text.first == "\"", text.last == "\"" else { return text }
    return text.dropFirst().dropLast().replacingOccurrences(of: "\\\"", with: "\"")
      .replacingOccurrences(of: "\"\"", with: "\"")
  }
}
