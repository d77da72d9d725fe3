import HebbArrays

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The characters of GB 2312, and the punctuation of Chinese print.
public enum ChineseCharacters {
  /// The 3,755 characters that are used most: rows 16 to 55 of GB 2312.
  public static func level1() throws(DataError) -> String { try rows(16...55) }

  /// The 3,008 that are used more rarely: rows 56 to 87.
  public static func level2() throws(DataError) -> String { try rows(56...87) }

  /// Chinese punctuation, full width.
  public static let punctuation = "，。、；：？！“”‘’（）《》【】—…·～￥"

  /// - Source: GB 2312-80 in the form EUC-CN, by the system's iconv: row r and cell c are the bytes r + 160 and c + 160.
  private static func rows(_ rows: ClosedRange<UInt8>) throws(DataError) -> String {
    var bytes: [CChar] = []
    for row in rows {
      // The last five cells of row 55 are empty.
      for cell in UInt8(1)...(row == 55 ? 89 : 94) {
        bytes += [CChar(bitPattern: row + 160), CChar(bitPattern: cell + 160)]
      }
    }
    var text = [CChar](repeating: 0, count: 2 * bytes.count)
    let failure = DataError(
      "GB 2312", "the system's iconv does not know it", advice: "install glibc's conversions (Debian: libc6)")
    guard let converter = iconv_open("UTF-8", "GB2312"), converter != iconv_t(bitPattern: -1) else { throw failure }
    defer { iconv_close(converter) }
    let written = bytes.withUnsafeMutableBufferPointer { bytes in
      text.withUnsafeMutableBufferPointer { text in
        var (from, to) = (bytes.baseAddress, text.baseAddress)
        var (left, room) = (bytes.count, text.count)
        let status = iconv(converter, &from, &left, &to, &room)
        return status == 0 ? text.count - room : -1
      }
    }
    guard written > 0 else { throw failure }
    return String(decoding: text[..<written].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
