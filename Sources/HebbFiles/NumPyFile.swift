import HebbArrays

/// NumPy's `.npy` format, versions 1 to 3, and `.npz`, a zip of such files.
///
/// Read are little-endian `f4`, `f8`, `i4`, `i8`, and `u1`, `i1`, `b1`, in C and Fortran order. `i8` becomes `int32` where
/// all values fit; `i1` becomes `int32`, `b1` becomes `uint8`.
///
/// - Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
public enum NumPyFile {
  /// Reads a `.npy` file.
  public static func read(_ path: String) throws(DataError) -> NDArray {
    try decode(InputFile.bytes(of: path, limit: 4 << 30), name: path)
  }

  /// Writes a `.npy` file in version 1, whole or not at all.
  public static func write(_ array: NDArray, to path: String) throws(DataError) {
    try AtomicFile.write(encode(array), to: path)
  }

  /// Reads all arrays of a `.npz` file, by name, in their order.
  public static func readAll(_ path: String) throws(DataError) -> [(name: String, value: NDArray)] {
    var arrays: [(name: String, value: NDArray)] = []
    try Archive.forEachFile(in: .file(path), where: { $0.hasSuffix(".npy") }) { (entry) throws(DataError) in
      let array = try decode(entry.bytes, name: "\(path), \(entry.path)")
      arrays.append((String(entry.path.dropLast(4)), array))
    }
    return arrays
  }

  /// Writes arrays by name as a `.npz` file, without compression as NumPy's `savez`; whole or not at all.
  public static func writeAll(_ arrays: [(name: String, value: NDArray)], to path: String) throws(DataError) {
    try AtomicFile.write(Archive.zip(arrays.map { ("\($0.name).npy", encode($0.value)) }, name: path), to: path)
  }

  /// Reads the bytes of a `.npy` file.
  ///
  /// - Parameter name: what errors call it.
  public static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> NDArray {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 10 else {
      throw DataError(name, at: "byte 0", "it does not begin as a .npy file", advice: "save it with numpy.save")
    }
    guard (1...3).contains(bytes[6]) else {
      throw DataError(name, at: "byte 6", "version \(bytes[6]) is unknown", advice: "save it with numpy.save")
    }
    let lengthBytes = bytes[6] == 1 ? 2 : 4
    let length = bytes[8...].prefix(lengthBytes).reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = 8 + lengthBytes + length
    guard start <= bytes.count else {
      throw DataError(
        name, at: "byte 8", "the header would end at \(start), the file ends at \(bytes.count)",
        advice: "the file is cut short: save it again")
    }
    let header = try NumPyHeader(Array(bytes[(8 + lengthBytes)..<start]), file: name)
    return try header.array(bytes, at: start, file: name)
  }

  /// The bytes of a `.npy` file.
  public static func encode(_ array: NDArray) -> [UInt8] {
    let type =
      switch array.dtype {
      case .float32: "<f4"
      case .float64: "<f8"
      case .int32: "<i4"
      case .uint8: "|u1"
      }
    let extents = array.shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    // The elements begin at a multiple of 64.
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
    try? array.withBytes { elements in bytes += elements }
    return bytes
  }
}
