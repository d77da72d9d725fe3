import HebbArrays

/// The IDX format: an array with a short header, as MNIST comes in.
///
///     byte 0, 1   zero
///     byte 2      element type: 08 unsigned byte, 09 signed byte, 0B int16, 0C int32, 0D float32, 0E float64
///     byte 3      number of axes
///     then        an extent of four bytes for each axis, then the elements, everything big-endian
///
/// - Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
public enum IDX {
  /// Reads a file, plain or packed by gzip. Signed bytes and int16 become `int32`.
  public static func read(_ path: String) throws(DataError) -> NDArray {
    try decode(Archive.unpacked(.file(path)), name: path)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameter name: what errors call the file.
  public static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> NDArray {
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else {
      throw DataError(
        name, at: "byte 0", "an IDX file begins with two zero bytes", advice: "check that it is an IDX file")
    }
    let rank = Int(bytes[3])
    guard rank >= 1, rank <= Shape.maxRank else {
      throw DataError(
        name, at: "byte 3", "\(rank) axes, not 1 to \(Shape.maxRank)", advice: "check that it is an IDX file")
    }
    let start = 4 + 4 * rank
    guard bytes.count >= start else {
      throw DataError(name, at: "byte \(bytes.count)", "the header is cut short", advice: "fetch the file again")
    }
    let extents = (0..<rank).map { Int(UInt32(bigEndianAt: 4 + 4 * $0, of: bytes)) }
    switch bytes[2] {
    case 0x08: return try elements(extents, 1, name, bytes, start) { bytes[$0] }
    case 0x09: return try elements(extents, 1, name, bytes, start) { Int32(Int8(bitPattern: bytes[$0])) }
    case 0x0B:
      return try elements(extents, 2, name, bytes, start) {
        Int32(Int16(bitPattern: UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])))
      }
    case 0x0C:
      return try elements(extents, 4, name, bytes, start) { Int32(bitPattern: UInt32(bigEndianAt: $0, of: bytes)) }
    case 0x0D:
      return try elements(extents, 4, name, bytes, start) { Float(bitPattern: UInt32(bigEndianAt: $0, of: bytes)) }
    case 0x0E:
      return try elements(extents, 8, name, bytes, start) {
        let high = UInt64(UInt32(bigEndianAt: $0, of: bytes))
        return Double(bitPattern: high << 32 | UInt64(UInt32(bigEndianAt: $0 + 4, of: bytes)))
      }
    default:
      throw DataError(
        name, at: "byte 2", "the element type \(bytes[2]) is unknown", advice: "check that it is an IDX file")
    }
  }

  private static func elements<T: Scalar>(
    _ extents: [Int], _ width: Int, _ name: String, _ bytes: [UInt8], _ start: Int, _ element: (Int) -> T
  ) throws(DataError) -> NDArray {
    let shape = try checkedShape(
      extents, elementBytes: width, available: bytes.count - start, file: name, place: "byte 4")
    return NDArray(shape: shape) { (out: UnsafeMutableBufferPointer<T>) in
      if T.self == UInt8.self {
        UnsafeMutableRawBufferPointer(out).copyBytes(from: bytes[start...])
      } else {
        for i in out.indices { out[i] = element(start + i * width) }
      }
    }
  }
}

extension UInt32 {
  fileprivate init(bigEndianAt offset: Int, of bytes: [UInt8]) {
    self = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// The shape that a header promises, if exactly that many elements are there.
func checkedShape(
  _ extents: [Int], elementBytes: Int, available: Int, file: String, place: String
) throws(DataError) -> Shape {
  if let extent = extents.first(where: { $0 < 0 }) {
    throw DataError(
      file, at: place, "the extent \(extent) is negative", advice: "the file is damaged: fetch it again")
  }
  guard extents.count <= Shape.maxRank else {
    throw DataError(
      file, at: place, "\(extents.count) axes are more than the \(Shape.maxRank) that an array may have",
      advice: "join some of them")
  }
  let shape = Shape(checking: extents)
  let needed = shape.flatMap { shape -> Int? in
    let (bytes, overflow) = shape.count.multipliedReportingOverflow(by: elementBytes)
    return overflow ? nil : bytes
  }
  guard let shape, needed == available else {
    let size = needed.map { "\($0) bytes" } ?? "more bytes than any file has"
    throw DataError(
      file, at: place, "the header promises \(extents), \(size), but \(available) bytes follow",
      advice: "the file is damaged or cut short: fetch it again")
  }
  return shape
}
