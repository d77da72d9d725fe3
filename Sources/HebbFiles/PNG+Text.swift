import HebbArrays

extension PNG {
  /// The bytes of a PNG file that also holds a text, as its description: programs that search pictures find it.
  ///
  /// - Source: PNG specification, third edition, 11.3.3.4, “iTXt”.
  public static func encode(_ picture: NDArray, text: String) -> [UInt8] {
    let bytes = encode(picture)
    // Behind the signature and the header chunk.
    let place = 8 + 25
    let content = Array("iTXtDescription".utf8) + [0, 0, 0, 0, 0] + Array(text.utf8)
    return bytes[..<place] + big(UInt32(content.count - 4)) + content + big(checksum(content)) + bytes[place...]
  }

  private static func big(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

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
