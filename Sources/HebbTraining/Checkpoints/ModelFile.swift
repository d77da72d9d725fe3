import HebbArrays
import HebbData
import HebbLayers

/// A trained network in one file, with all that its use needs.
///
///     try ModelFile(model, configuration: configuration, classNames: names).write(to: "model.safetensors")
///     let file = try ModelFile(reading: "model.safetensors")
///     let model = build(file.configuration)
///     try file.load(into: model)
///
/// The file is a safetensors file: weights by name, the rest as text in its metadata.
public struct ModelFile: Sendable {
  /// How the network is built: text that only its builder reads, such as JSON.
  public var configuration: String
  /// What the labels 0, 1, … mean; empty where there are none.
  public var classNames: [String]
  /// What was done to the inputs.
  public var normalization: Normalization?
  /// The epochs that the network was trained for; none where they are not known.
  public var history: History
  /// Further text by name: an alphabet, a vocabulary.
  public var notes: [String: String]
  /// The weights and running statistics by name.
  public var values: [(name: String, value: NDArray)]
  /// Where the file was read from.
  public private(set) var path = "the model file"

  static let format = "hebb model 1"

  /// The network as it is now.
  public init(
    _ model: any Module, configuration: String = "", classNames: [String] = [], normalization: Normalization? = nil,
    history: History = History(), notes: [String: String] = [:]
  ) {
    values = model.namedParameters.map { ($0.name, $0.parameter.value) }
    (self.configuration, self.classNames, self.normalization) = (configuration, classNames, normalization)
    (self.history, self.notes) = (history, notes)
  }

  /// Writes the file whole or not at all.
  ///
  /// - Parameter halves: whether weights are written with half precision, in half the bytes.
  public func write(to path: String, halves: Bool = false) throws(CheckpointError) {
    var metadata = notes.reduce(into: [String: String]()) { $0["note." + $1.key] = $1.value }
    metadata["format"] = ModelFile.format
    metadata["configuration"] = configuration
    metadata["classNames"] = JSON.array(classNames.map { .string($0) }).description
    if let numbers = normalization?.numbers {
      let members = numbers.sorted { $0.key < $1.key }.map { name, list in
        JSON.Member(name, .array(list.map { .number($0) }))
      }
      metadata["normalization"] = JSON.object(members).description
    }
    metadata["history"] = history.json.description
    do throws(DataError) {
      try SafetensorsFile(tensors: values, metadata: metadata).write(to: path, halves: halves)
    } catch {
      throw CheckpointError(path: path, problem: .file(error))
    }
  }

  /// Reads a file that ``write(to:)`` wrote.
  public init(reading path: String) throws(CheckpointError) {
    do throws(DataError) { try self.init(SafetensorsFile(reading: path), path) } catch {
      throw CheckpointError(path: path, problem: .file(error))
    }
  }

  /// A model that is part of the program.
  ///
  /// - Parameters:
  ///   - bytes: a file's, which stay where they are as long as the program runs.
  ///   - name: what errors call it.
  package init(lasting bytes: UnsafeRawBufferPointer, name: String) throws(DataError) {
    try self.init(SafetensorsFile(lasting: bytes, name: name), name)
  }

  private init(_ file: SafetensorsFile, _ path: String) throws(DataError) {
    let advice = "give a file that training saved"
    guard file.metadata["format"] == ModelFile.format else {
      throw DataError(path, at: "header", "it is not a model of this program", advice: advice)
    }
    func json(_ name: String) throws(DataError) -> JSON? {
      guard let text = file.metadata[name] else { return nil }
      return try JSON(parsing: Array(text.utf8), file: path, part: name)
    }
    values = file.tensors
    configuration = file.metadata["configuration"] ?? ""
    classNames = try json("classNames")?.elements?.compactMap(\.string) ?? []
    if let members = try json("normalization")?.members {
      let numbers = members.map { ($0.name, ($0.value.elements ?? []).compactMap(\.double)) }
      guard let normalization = Normalization(numbers: Dictionary(numbers) { first, _ in first }) else {
        throw DataError(path, at: "header", "the normalisation is damaged", advice: advice)
      }
      self.normalization = normalization
    }
    history = try json("history").flatMap(History.init) ?? History()
    notes = [:]
    for (key, text) in file.metadata where key.hasPrefix("note.") { notes[String(key.dropFirst(5))] = text }
    self.path = path
  }

  /// Puts the values into a network. If a name is missing, mis-shaped or one too many, nothing is changed.
  public func load(into model: any Module) throws(CheckpointError) {
    do throws(ValueError) { try model.load(Dictionary(values.map { ($0.name, $0.value) }) { first, _ in first }) } catch
    {
      throw CheckpointError(path: path, problem: .values(error))
    }
  }
}

extension Trainer {
  /// Saves the network, with averaged weights where there is an average, and with the run's history.
  public func saveModel(
    to path: String, configuration: String = "", classNames: [String] = [], normalization: Normalization? = nil,
    notes: [String: String] = [:]
  ) throws(CheckpointError) {
    let file = withAveragedWeights {
      ModelFile(
        model, configuration: configuration, classNames: classNames, normalization: normalization, history: history,
        notes: notes)
    }
    try file.write(to: path)
  }
}
