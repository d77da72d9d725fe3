import HebbArrays
import HebbFiles

/// Text that a user gives.
enum TextInput {
  /// Text in UTF-8, without the line end behind it.
  ///
  /// - Parameters:
  ///   - name: what errors call it.
  ///   - limit: the most characters.
  static func decode(_ bytes: [UInt8], name: String, limit: Int) throws(DataError) -> String {
    var text = try TextFile.decode(bytes, name: name)
    if text.last?.isNewline == true { text.removeLast() }
    guard text.count <= limit else {
      throw DataError(name, "it has \(text.count) characters", advice: "give \(limit) at most")
    }
    return text
  }
}
