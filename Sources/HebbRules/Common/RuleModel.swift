import HebbArrays

/// A network that learns by a local rule, and that can be kept in a file.
public protocol RuleModel: Sendable {
  /// What a file calls this kind of network, such as "som".
  static var kind: String { get }
  /// All that the network is made of.
  var state: RuleState { get }
  /// The network that a state describes, checked.
  init(_ state: RuleState) throws(DataError)
}

extension RuleModel {
  /// Writes the network as a safetensors file, whole or not at all.
  ///
  /// - Parameter notes: further text by name, such as where the data came from.
  public func save(to path: String, notes: [String: String] = [:]) throws(DataError) {
    var state = state
    state.notes = notes
    try state.write(to: path)
  }

  /// Reads a network that ``save(to:notes:)`` wrote.
  public init(reading path: String) throws(DataError) { try self.init(RuleState(reading: path)) }
}

/// A network as its file holds it: arrays by name, numbers and words by name.
public struct RuleState: Sendable {
  /// What files call this kind of network, such as "som".
  public let kind: String
  /// What it is made of, by the names in its file.
  public var arrays: [(name: String, value: NDArray)]
  var settings: [(name: String, value: JSON)]
  /// Text that came with the network.
  public var notes: [String: String] = [:]
  /// Where it was read from.
  var path = "the network"

  static let format = "hebb rules 1"

  init(_ kind: String, arrays: [(name: String, value: NDArray)], settings: [(name: String, value: JSON)] = []) {
    (self.kind, self.arrays, self.settings) = (kind, arrays, settings)
  }

  func write(to path: String) throws(DataError) {
    var metadata = notes.reduce(into: [String: String]()) { $0["note." + $1.key] = $1.value }
    metadata["format"] = RuleState.format
    metadata["kind"] = kind
    metadata["settings"] = JSON.object(settings.map { .init($0.name, $0.value) }).description
    try SafetensorsFile(tensors: arrays, metadata: metadata).write(to: path)
  }

  /// Reads the file of any kind of network.
  public init(reading path: String) throws(DataError) {
    let file = try SafetensorsFile(reading: path)
    guard file.metadata["format"] == RuleState.format, let kind = file.metadata["kind"] else {
      throw DataError(
        path, at: "header", "it is no network of local rules", advice: "give a file that hebb train saved")
    }
    let json = try JSON(parsing: Array((file.metadata["settings"] ?? "{}").utf8), file: path, part: "settings")
    self.init(kind, arrays: file.tensors, settings: (json.members ?? []).map { ($0.name, $0.value) })
    for (key, text) in file.metadata where key.hasPrefix("note.") { notes[String(key.dropFirst(5))] = text }
    self.path = path
  }
}

// MARK: - Reading with checks

extension RuleState {
  func failure(_ problem: String) -> DataError {
    DataError(path, at: "header", problem, advice: "the file is damaged or of another program")
  }

  /// Stops a file of another kind.
  func check(_ kind: String) throws(DataError) {
    guard kind == self.kind else {
      throw DataError(
        path, at: "header", "it holds a network of kind \(self.kind), not \(kind)", advice: "give another")
    }
  }

  private func setting(_ name: String) -> JSON? { settings.first { $0.name == name }?.value }

  func text(_ name: String) -> String? { setting(name)?.string }

  func integer(_ name: String, in range: ClosedRange<Int> = 1...1_000_000) throws(DataError) -> Int {
    guard let value = setting(name)?.integer, range.contains(value) else {
      throw failure("\(name) is missing or not from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func number(_ name: String) throws(DataError) -> Double {
    guard let value = setting(name)?.double, value.isFinite else { throw failure("\(name) is missing or no number") }
    return value
  }

  func word<T: RawRepresentable>(_ name: String, as type: T.Type = T.self) throws(DataError) -> T
  where T.RawValue == String {
    guard let value = setting(name)?.string.flatMap(T.init(rawValue:)) else {
      throw failure("\(name) is missing or an unknown word")
    }
    return value
  }

  /// The array of a name: of finite `float32` numbers (or `int32`) and a given shape, in which −1 stands for any extent.
  func array(_ name: String, _ shape: [Int], _ dtype: DType = .float32) throws(DataError) -> NDArray {
    guard let array = arrays.first(where: { $0.name == name })?.value else { throw failure("\(name) is missing") }
    guard array.dtype == dtype, array.rank == shape.count, zip(array.shape, shape).allSatisfy({ $1 < 0 || $0 == $1 })
    else { throw failure("\(name) has the shape \(array.shape) of \(array.dtype), not \(shape) of \(dtype)") }
    guard array.allFinite else { throw failure("\(name) holds numbers that are not finite") }
    return array
  }
}
