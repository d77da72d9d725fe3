import HebbArrays
import HebbAutograd
import HebbLayers

/// A saved run, as it lies in its file.
public struct Checkpoint: Sendable {
  /// The file that it was read from.
  public let path: String
  /// The epochs that were finished.
  public var history: History { record.history }
  /// Epochs that were finished.
  public var epoch: Int { record.run.epoch }
  /// Steps of the weights since the run began.
  public var step: Int { record.step }
  let record: CheckpointRecord
  private let file: SafetensorsFile
  private let places: [String: Int]

  static let format = "hebb checkpoint 1"

  /// Reads and checks a file.
  public init(reading path: String) throws(CheckpointError) {
    self.path = path
    do throws(DataError) {
      file = try SafetensorsFile(reading: path)
      guard file.metadata["format"] == Checkpoint.format, let text = file.metadata["run"] else {
        throw DataError(path, "it is no checkpoint", advice: "give a file that training saved")
      }
      guard let record = CheckpointRecord(try JSON(parsing: Array(text.utf8), file: path, part: "run")) else {
        throw DataError(path, at: "header", "the state of the run is damaged", advice: "take an older checkpoint")
      }
      self.record = record
    } catch {
      throw CheckpointError(path: path, problem: .file(error))
    }
    places = Dictionary(uniqueKeysWithValues: file.tensors.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// Puts the saved weights into a model.
  ///
  /// - Parameter averaged: takes their average where the run kept one.
  public func loadWeights(into model: any Module, averaged: Bool = false) throws(CheckpointError) {
    var values: [String: NDArray] = [:]
    for (name, value) in part("model.") { values[name] = value }
    if averaged { for (name, value) in part("average.") { values[name] = value } }
    do throws(ValueError) { try model.load(values) } catch {
      throw CheckpointError(path: path, problem: .values(error))
    }
  }

  /// The arrays whose names begin with `prefix`, without it, in the file's order.
  func part(_ prefix: String) -> [(name: String, value: NDArray)] {
    file.tensors.compactMap { name, value in
      name.hasPrefix(prefix) ? (String(name.dropFirst(prefix.count)), value) : nil
    }
  }

  /// An array of a parameter's shape and element type; nil where the file has none.
  func array(_ prefix: String, _ slot: Updater.Slot) throws(CheckpointError) -> NDArray? {
    guard let place = places[prefix + slot.name] else { return nil }
    let value = file.tensors[place].value
    guard value.shape == slot.parameter.shape else {
      throw CheckpointError(
        path: path,
        problem: .values(.shape(prefix + slot.name, found: value.shape, expected: slot.parameter.shape)))
    }
    try checkElements(prefix + slot.name, value, of: slot.parameter)
    return value
  }

  /// What the optimiser kept for a parameter; nil where it had not met it.
  func state(of slot: Updater.Slot, _ optimizer: any Optimizer) throws(CheckpointError) -> OptimizerState? {
    var arrays: [NDArray] = []
    for name in optimizer.stateNames {
      if let value = try array("optimizer.\(name).", slot) { arrays.append(value) }
    }
    let numbers = places["numbers." + slot.name].map { file.tensors[$0].value }
    if arrays.isEmpty, numbers == nil { return nil }
    let count = optimizer.initialNumbers.count
    guard arrays.count == optimizer.stateNames.count, numbers?.count ?? 0 == count,
      numbers == nil || numbers?.dtype == .float64
    else { throw damage("what the optimiser kept for \(slot.name) is incomplete") }
    return OptimizerState(arrays: arrays, numbers: numbers?.elements(as: Double.self) ?? [])
  }

  /// What is computed with a parameter has its element type.
  func checkElements(_ name: String, _ value: NDArray, of parameter: Parameter) throws(CheckpointError) {
    guard value.dtype != parameter.value.dtype else { return }
    throw damage("the elements of \(name) are \(value.dtype), not \(parameter.value.dtype)")
  }

  func check(_ name: String, _ inFile: String, _ now: String) throws(CheckpointError) {
    guard inFile != now else { return }
    throw CheckpointError(path: path, problem: .setting(name, inFile: inFile, now: now))
  }

  func damage(_ problem: String) -> CheckpointError {
    CheckpointError(
      path: path, problem: .file(DataError(path, problem, advice: "take an older checkpoint of the same run")))
  }
}
