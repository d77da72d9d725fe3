import HebbArrays

/// Pictures as arrays: `uint8` `[height, width, channels]`, one channel for grey, three for red, green and blue.
public enum Picture {
  /// More pixels than this are refused before memory is taken.
  public static let pixelLimit = 100_000_000

  /// Reads a PNG or JPEG file. Transparency is laid on white.
  public static func read(_ path: String, pixelLimit: Int = Picture.pixelLimit) throws(DataError) -> NDArray {
    try decode(InputFile.bytes(of: path, limit: 1 << 30), name: path, pixelLimit: pixelLimit)
  }

  /// Reads the bytes of a PNG or JPEG file.
  ///
  /// - Parameter name: what errors call the file.
  public static func decode(
    _ bytes: [UInt8], name: String, pixelLimit: Int = Picture.pixelLimit
  ) throws(DataError) -> NDArray {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      return try PNG.decode(bytes, name: name, pixelLimit: pixelLimit)
    }
    if bytes.starts(with: [0xFF, 0xD8]) { return try JPEG.decode(bytes, name: name, pixelLimit: pixelLimit) }
    if let kind = unsupportedKind(bytes) {
      throw DataError(name, "it is a \(kind) picture, which is not read", advice: "convert it to PNG or JPEG")
    }
    throw DataError(name, at: "byte 0", "it is neither a PNG nor a JPEG picture", advice: "convert it to PNG")
  }

  /// What a picture that cannot be read is called, by its first bytes; nil where it is none of the usual ones.
  package static func unsupportedKind(_ bytes: [UInt8]) -> String? {
    func has(_ text: String, at place: Int = 0) -> Bool { bytes.dropFirst(place).starts(with: text.utf8) }
    if has("GIF8") { return "GIF" }
    if has("RIFF"), has("WEBP", at: 8) { return "WebP" }
    if has("BM"), bytes.dropFirst(6).starts(with: [0, 0, 0, 0]) { return "BMP" }
    if has("II*\0") || has("MM\0*") { return "TIFF" }
    if has("ftypavif", at: 4) { return "AVIF" }
    if has("ftyphei", at: 4) || has("ftypmif1", at: 4) { return "HEIF" }
    return nil
  }

  /// Writes a picture as PNG where the name ends in `.png`, as JPEG where it ends in `.jpg` or `.jpeg`; whole or not at all.
  /// Other names are refused.
  public static func write(_ picture: NDArray, to path: String) throws(DataError) {
    let name = path.lowercased()
    let isJPEG = name.hasSuffix(".jpg") || name.hasSuffix(".jpeg")
    guard isJPEG || name.hasSuffix(".png") else {
      throw DataError(path, "pictures are written as PNG or JPEG", advice: "let its name end in .png or .jpg")
    }
    try AtomicFile.write(isJPEG ? JPEG.encode(picture) : PNG.encode(picture), to: path)
  }

  /// Checks a size that a header promises.
  static func check(height: Int, width: Int, name: String, pixelLimit: Int) throws(DataError) {
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    guard !overflow, pixels <= pixelLimit, pixels > 0 else {
      throw DataError(
        name, at: "header", "\(width) × \(height) pixels are outside of 1 to \(pixelLimit)",
        advice: "scale the picture down first")
    }
  }

  /// Checks what a caller wants to be written.
  static func requirePicture(_ picture: NDArray) {
    require(
      picture.dtype == .uint8 && picture.rank == 3 && [1, 3].contains(picture.shape[2]) && picture.count > 0,
      "a picture is uint8 [height, width, 1 or 3], not \(picture.dtype) \(picture.shape)")
  }
}
