extension SafetensorsFile {
  /// Reads a file. `F16` and `BF16` become `float32`, `I64` becomes `int32`, `BOOL` becomes `uint8`.
  ///
  /// Everything that the header says is checked against the file's size before memory is taken.
  public init(reading path: String) throws(DataError) { try self.init(InputFile(path)) }

  /// Reads a file that lies in memory.
  ///
  /// - Parameters:
  ///   - bytes: stay where they are as long as the program runs, such as those that are part of it.
  ///   - name: what errors call it.
  package init(lasting bytes: UnsafeRawBufferPointer, name: String) throws(DataError) {
    try self.init(InputFile(bytes, name: name))
  }

  private init(_ file: InputFile) throws(DataError) {
    let (entries, metadata, start) = try SafetensorsFile.header(of: file)
    var tensors: [(name: String, value: NDArray)] = []
    for entry in entries { tensors.append((entry.name, try entry.read(from: file, at: start))) }
    self.init(tensors: tensors, metadata: metadata)
  }

  /// Only the text of a file, without its arrays.
  public static func metadata(of path: String) throws(DataError) -> [String: String] {
    try header(of: InputFile(path)).metadata
  }

  /// What the header says, in the order of the elements, and where the elements begin.
  private static func header(
    of file: InputFile
  ) throws(DataError) -> (entries: [SafetensorsEntry], metadata: [String: String], start: Int) {
    guard file.byteCount >= 8 else {
      throw DataError(file.path, "\(file.byteCount) bytes are too few for a safetensors file", advice: "fetch it again")
    }
    let length = try file.bytes(at: 0, count: 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= headerLimit else {
      throw DataError(
        file.path, at: "byte 0", "the header would have \(length) bytes, more than \(headerLimit)",
        advice: "check that it is a safetensors file")
    }
    let start = 8 + Int(length)
    guard start <= file.byteCount else {
      throw DataError(
        file.path, at: "byte 0", "the header would have \(length) bytes, but the file ends at \(file.byteCount)",
        advice: "the file is cut short: fetch it again")
    }
    let text = try file.bytes(at: 8, count: Int(length))
    guard text.first == UInt8(ascii: "{") else {
      throw DataError(
        file.path, at: "byte 8", "the header does not begin with {", advice: "check that it is a safetensors file")
    }
    let members = try JSON(parsing: text, file: file.path, startingAt: 8).members ?? []
    var entries: [SafetensorsEntry] = []
    var metadata: [String: String] = [:]
    for member in members {
      if member.name == metadataName {
        metadata = try self.metadata(member.value, file: file.path)
      } else {
        entries.append(try SafetensorsEntry(member, file: file.path))
      }
    }
    entries.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    try check(entries, dataBytes: file.byteCount - start, file: file.path)
    return (entries, metadata, start)
  }

  private static func metadata(_ value: JSON, file: String) throws(DataError) -> [String: String] {
    var metadata: [String: String] = [:]
    for member in value.members ?? [.init("", .null)] {
      guard let text = member.value.string else {
        throw DataError(
          file, at: "header", "\(metadataName) must hold text by name", advice: "write the file with another program")
      }
      metadata[member.name] = text
    }
    return metadata
  }

  /// Entries must follow one another from the first byte of the elements to the last.
  private static func check(_ entries: [SafetensorsEntry], dataBytes: Int, file: String) throws(DataError) {
    var end = 0
    for entry in entries {
      guard entry.from == end else {
        throw DataError(
          file, at: "tensor “\(entry.name)”",
          "its elements begin at \(entry.from), not where those before end (\(end))",
          advice: "the file is damaged: fetch it again")
      }
      end = entry.to
    }
    guard end == dataBytes else {
      throw DataError(
        file, at: "header", "the tensors have \(end) bytes, but \(dataBytes) follow the header",
        advice: "the file is damaged or cut short: fetch it again")
    }
  }
}
