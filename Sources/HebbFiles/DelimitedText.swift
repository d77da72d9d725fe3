import HebbArrays

/// Text cut into lines of cells: between commas, semicolons or tabs, whichever the first line has most of.
///
/// What stands between quotation marks is one cell, line breaks included; a doubled mark in it is one mark.
///
/// - Source: RFC 4180, "Common format and MIME type for comma-separated values (CSV) files".
package struct DelimitedText {
  /// The lines that are not empty, and where each begins in the file.
  package private(set) var lines: [(number: Int, cells: [String])] = []

  /// More cells than any table has in a line.
  private static let cellLimit = 1 << 20

  /// - Parameters:
  ///   - name: what errors call it.
  ///   - spaces: cuts between spaces where the first line has no other mark.
  package init(_ text: String, name: String, spaces: Bool = false) throws(DataError) {
    let bytes = Array(text.utf8)
    let mark = DelimitedText.mark(of: bytes)
    var place = 0
    var number = 1
    while place < bytes.count {
      let begun = number
      let cells = try DelimitedText.line(
        of: bytes, from: &place, number: &number, name: name, mark: mark ?? 0x2C, spaces: spaces && mark == nil)
      if cells.count > 1 || cells.first?.contains(where: { !$0.isWhitespace }) == true {
        lines.append((begun, cells))
      }
    }
  }

  /// The mark between cells, by the first line that is not empty; nil where it has none.
  private static func mark(of bytes: [UInt8]) -> UInt8? {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var isEmpty = true
    for byte in bytes {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if isBreak(byte), !isEmpty { break }
      if !isSpace(byte), !isBreak(byte) { isEmpty = false }
      if byte == 0x2C || byte == 0x3B || byte == 0x09 { counts[byte, default: 0] += 1 }
    }
    return [0x2C, 0x3B, 0x09].filter { counts[$0] != nil }.max { counts[$0, default: 0] < counts[$1, default: 0] }
  }

  /// The cells of a line; `place` goes on to the next one, `number` is its number.
  private static func line(
    of bytes: [UInt8], from place: inout Int, number: inout Int, name: String, mark: UInt8, spaces: Bool
  ) throws(DataError) -> [String] {
    let begun = number
    var cells: [String] = []
    var cell: [UInt8] = []
    // A cell that was quoted is over with its closing mark.
    var wasQuoted = false
    func end() {
      if !spaces || wasQuoted || !cell.isEmpty { cells.append(String(decoding: cell, as: UTF8.self)) }
      cell.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if isBreak(byte) {
        if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
        number += 1
        break
      } else if byte == mark && !spaces || spaces && isSpace(byte) {
        end()
        guard cells.count < cellLimit else {
          throw DataError(name, at: "line \(begun)", "it has more than \(cellLimit) cells", advice: "check the file")
        }
      } else if byte == 0x22, !wasQuoted, cell.allSatisfy(isSpace) {
        cell = try quoted(bytes, from: &place, number: &number, name: name)
        wasQuoted = true
      } else if !wasQuoted {
        cell.append(byte)
      } else if !isSpace(byte) {
        throw DataError(
          name, at: "line \(number)", "a quotation mark is out of place", advice: "quote whole cells")
      }
    }
    end()
    return cells
  }

  /// What stands before the next single quotation mark.
  private static func quoted(
    _ bytes: [UInt8], from place: inout Int, number: inout Int, name: String
  ) throws(DataError) -> [UInt8] {
    let begun = number
    var cell: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x22 {
        guard place < bytes.count, bytes[place] == 0x22 else { return cell }
        place += 1
      }
      if byte == 0x0A || byte == 0x0D && !(place < bytes.count && bytes[place] == 0x0A) { number += 1 }
      cell.append(byte)
    }
    throw DataError(
      name, at: "line \(begun)", "a quotation mark is opened there and never closed", advice: "close it, or take it out"
    )
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
