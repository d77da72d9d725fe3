/// Named arrays and text in one file: the format that models are kept in.
///
///     8 bytes          n, the header's length, little-endian
///     n bytes          JSON: {"name": {"dtype": …, "shape": […], "data_offsets": [from, to]}, …, "__metadata__": {…}}
///     then             the elements, without gaps
///
/// - Source: https://github.com/huggingface/safetensors, "Format".
public struct SafetensorsFile: Sendable {
  /// The arrays in their order in the file.
  public var tensors: [(name: String, value: NDArray)]
  /// Text by name: a model's configuration, vocabulary, history.
  public var metadata: [String: String]

  /// A file to be written: arrays in their order, and text by name.
  public init(tensors: [(name: String, value: NDArray)], metadata: [String: String] = [:]) {
    require(Set(tensors.map(\.name)).count == tensors.count, "two tensors have the same name")
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The array of this name.
  public subscript(name: String) -> NDArray? { tensors.first { $0.name == name }?.value }

  /// A header longer than this is refused, as by the format's other readers.
  static let headerLimit = 100_000_000
  static let metadataName = "__metadata__"

  /// Writes the file whole or not at all: a full disk or a killed process leaves the file that was there before.
  ///
  /// - Parameter halves: whether `float32` elements are written as IEEE half-precision numbers, the nearest to each: half the
  ///   size, three digits. Reading gives `float32` again.
  public func write(to path: String, halves: Bool = false) throws(DataError) {
    // Wide elements first, so that every array begins at a multiple of its element's size.
    func isHalf(_ value: NDArray) -> Bool { halves && value.dtype == .float32 }
    func size(_ value: NDArray) -> Int { isHalf(value) ? 2 : value.dtype.byteCount }
    let ordered = tensors.enumerated().sorted {
      (size($1.element.value), $0.offset) < (size($0.element.value), $1.offset)
    }.map(\.element)
    let header = self.header(ordered, isHalf)
    try AtomicFile.write(to: path) { (write) throws(DataError) in
      try withBytes(of: header, write)
      for tensor in ordered {
        if isHalf(tensor.value) {
          let bits = tensor.value.elements(as: Float.self).map { $0.halfBits.littleEndian }
          try withBytes(of: bits, write)
        } else {
          try tensor.value.withBytes(write)
        }
      }
    }
  }

  private func header(_ tensors: [(name: String, value: NDArray)], _ isHalf: (NDArray) -> Bool) -> [UInt8] {
    var members: [JSON.Member] = []
    if !metadata.isEmpty {
      let sorted = metadata.sorted { $0.key < $1.key }
      members.append(.init(Self.metadataName, .object(sorted.map { .init($0.key, .string($0.value)) })))
    }
    var offset = 0
    for (name, value) in tensors {
      let end = offset + value.count * (isHalf(value) ? 2 : value.dtype.byteCount)
      members.append(
        .init(
          name,
          .object([
            .init("dtype", .string(isHalf(value) ? "F16" : value.dtype.safetensorsName)),
            .init("shape", .array(value.shape.map { .integer($0) })),
            .init("data_offsets", .array([.integer(offset), .integer(end)])),
          ])))
      offset = end
    }
    var text = Array(JSON.object(members).description.utf8)
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }
}

extension DType {
  fileprivate var safetensorsName: String {
    switch self {
    case .float32: "F32"
    case .float64: "F64"
    case .int32: "I32"
    case .uint8: "U8"
    }
  }
}

extension NDArray {
  /// Calls `body` with the elements' bytes.
  package func withBytes(_ body: (UnsafeRawBufferPointer) throws(DataError) -> Void) throws(DataError) {
    switch dtype {
    case .float32: try read { (x: UnsafeBufferPointer<Float>) throws(DataError) in try body(.init(x)) }
    case .float64: try read { (x: UnsafeBufferPointer<Double>) throws(DataError) in try body(.init(x)) }
    case .int32: try read { (x: UnsafeBufferPointer<Int32>) throws(DataError) in try body(.init(x)) }
    case .uint8: try read { (x: UnsafeBufferPointer<UInt8>) throws(DataError) in try body(.init(x)) }
    }
  }
}

private func withBytes<Element: BitwiseCopyable>(
  of array: [Element], _ body: (UnsafeRawBufferPointer) throws(DataError) -> Void
) throws(DataError) {
  var failure: DataError?
  array.withUnsafeBytes { bytes in
    do throws(DataError) { try body(bytes) } catch { failure = error }
  }
  if let failure { throw failure }
}
