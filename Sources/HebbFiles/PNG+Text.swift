import HebbArrays

extension PNG {
  /// The bytes of a PNG file that also holds a text, as its description: programs that search pictures find it.
  ///
  /// - Source: PNG specification, third edition, 11.3.3.4, “iTXt”.
  public static func encode(_ picture: NDArray, text: String) -> [UInt8] {
    let bytes = encode(picture)
    let content = Array("Description".utf8) + [0, 0, 0, 0, 0] + Array(text.utf8)
    return bytes[..<headerEnd] + chunk("iTXt", content) + bytes[headerEnd...]
  }
}
