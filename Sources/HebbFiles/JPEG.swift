import CJPEG
import HebbArrays

/// JPEG through libjpeg.
public enum JPEG {
  /// Reads the bytes of a file: grey stays grey, everything else becomes red, green and blue. A damaged picture is an
  /// error, not a half-grey one. What the camera noted of its orientation is done to the pixels.
  public static func decode(
    _ bytes: [UInt8], name: String, pixelLimit: Int = Picture.pixelLimit
  ) throws(DataError) -> NDArray {
    let shape = try self.shape(of: bytes, name: name)
    try Picture.check(height: shape[0], width: shape[1], name: name, pixelLimit: pixelLimit)
    var picture = NDArray.zeros(shape, dtype: .uint8)
    try picture.mutate { (pixels: UnsafeMutableBufferPointer<UInt8>) throws(DataError) in
      try decode(bytes, into: pixels, shape: shape, name: name)
    }
    return ExifOrientation(of: bytes).applied(to: picture)
  }

  /// `[height, width, channels]` of the picture in these bytes.
  static func shape(of bytes: [UInt8], name: String) throws(DataError) -> Shape {
    var (height, width, channels): (Int32, Int32, Int32) = (0, 0, 0)
    try calling(name) { message in
      hebb_jpeg_size(bytes, bytes.count, &height, &width, &channels, message)
    }
    return [Int(height), Int(width), Int(channels)]
  }

  /// Decodes into memory that holds a picture of this shape, which ``shape(of:name:)`` gave.
  static func decode(
    _ bytes: [UInt8], into pixels: UnsafeMutableBufferPointer<UInt8>, shape: Shape, name: String
  ) throws(DataError) {
    require(pixels.count == shape.count, "memory for \(pixels.count) bytes does not hold a picture \(shape)")
    try calling(name) { message in
      hebb_jpeg_decode(
        bytes, bytes.count, pixels.baseAddress, Int32(shape[0]), Int32(shape[1]), Int32(shape[2]), message)
    }
  }

  /// The bytes of a JPEG file with chroma in full.
  ///
  /// - Parameters:
  ///   - picture: `uint8` `[height, width, 1 or 3]`, no side longer than 65,500.
  ///   - quality: 1 to 100.
  public static func encode(_ picture: NDArray, quality: Int = 90) throws(DataError) -> [UInt8] {
    Picture.requirePicture(picture)
    require((1...100).contains(quality), "a quality of \(quality) is not within 1 to 100")
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    defer { hebb_jpeg_release(bytes) }
    try picture.read { (pixels: UnsafeBufferPointer<UInt8>) throws(DataError) in
      try calling("JPEG") { message in
        hebb_jpeg_encode(
          pixels.baseAddress, Int32(picture.shape[0]), Int32(picture.shape[1]), Int32(picture.shape[2]),
          Int32(quality), &bytes, &count, message)
      }
    }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  private static func calling(_ name: String, _ body: (UnsafeMutablePointer<CChar>) -> Int32) throws(DataError) {
    var problem: String?
    var status: Int32 = 0
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(HEBB_JPEG_MESSAGE)) { message in
      message.initialize(repeating: 0)
      guard let start = message.baseAddress else { return }
      status = body(start)
      if status == 0 { return }
      problem = String(cString: start)
    }
    if let problem {
      let isForPrint = status == Int32(HEBB_JPEG_PRINT)
      throw DataError(
        name, problem, advice: isForPrint ? "save it as RGB" : "the picture is damaged: fetch it again")
    }
  }
}
