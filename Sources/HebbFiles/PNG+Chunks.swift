/// The pieces of a PNG file: length, name, content, check.
///
/// - Source: PNG specification, third edition, 5.3 and annex D.
extension PNG {
  /// Where the header chunk ends, behind the signature.
  static let headerEnd = 8 + 25

  static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return big(UInt32(content.count)) + body + big(checksum(body))
  }

  /// A number, the most significant byte first.
  static func big(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

  /// The cyclic redundancy check of chunks: x³² + x²⁶ + x²³ + … + 1, bits in the order of transmission.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var register = UInt32.max
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? 0xEDB8_8320 ^ register >> 1 : register >> 1 }
    }
    return ~register
  }
}
