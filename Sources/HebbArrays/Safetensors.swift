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
  public func write(to path: String) throws(DataError) {
    // Wide elements first, so that every array begins at a multiple of its element's size.
    let ordered = tensors.enumerated().sorted {
      ($1.element.value.dtype.byteCount, $0.offset) < ($0.element.value.dtype.byteCount, $1.offset)
    }.map(\.element)
    let header = self.header(ordered)
    try AtomicFile.write(to: path) { (write) throws(DataError) in
      try withBytes(of: header, write)
      for tensor in ordered { try tensor.value.withBytes(write) }
    }
  }

  private func header(_ tensors: [(name: String, value: NDArray)]) -> [UInt8] {
    var members: [JSON.Member] = []
    if !metadata.isEmpty {
      let sorted = metadata.sorted { $0.key < $1.key }
      members.append(.init(Self.metadataName, .object(sorted.map { .init($0.key, .string($0.value)) })))
    }
    var offset = 0
    for (name, value) in tensors {
      let end = offset + value.count * value.dtype.byteCount
      members.append(
        .init(
          name,
          .object([
            .init("dtype", .string(value.dtype.safetensorsName)),
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

private func withBytes(
  of array: [UInt8], _ body: (UnsafeRawBufferPointer) throws(DataError) -> Void
) throws(DataError) {
  var failure: DataError?
  array.withUnsafeBytes { bytes in
    do throws(DataError) { try body(bytes) } catch { failure = error }
  }
  if let failure { throw failure }
}
