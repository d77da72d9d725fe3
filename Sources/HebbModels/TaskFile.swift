import HebbArrays
import HebbData
import HebbLayers
import HebbTraining

/// A network with the vocabularies and settings that its use needs: what a task's file holds.
package protocol TaskModel {
  /// What it does, as its file says: "classify".
  static var task: String { get }
  var network: any Module { get }
  /// Settings that do not follow from the shapes of the weights.
  var settings: [JSON.Member] { get }
  var classNames: [String] { get }
  /// Vocabularies and other text by name.
  var notes: [String: String] { get }

  /// The network that a file describes, with weights of any value. Sizes are those of the file's tensors, so that a damaged
  /// file cannot ask for more memory than it has weights.
  init(_ file: TaskFile) throws(DataError)
}

extension TaskModel {
  package var classNames: [String] { [] }

  /// The trained network of a file.
  package init(reading path: String) throws {
    let file = try TaskFile(reading: path, task: Self.task)
    try self.init(file)
    try file.load(into: network)
  }
}

/// The file of a task's network: what it holds, with every answer checked.
package struct TaskFile {
  private let file: ModelFile
  private let json: JSON
  private let shapes: [String: Shape]

  package var path: String { file.path }
  package var classNames: [String] { file.classNames }

  /// What a file holds.
  package init(reading path: String) throws {
    self.init(try ModelFile(reading: path))
  }

  /// What a file that is part of the program holds.
  package init(_ file: ModelFile) {
    self.file = file
    json = (try? JSON(parsing: Array(file.configuration.utf8), file: file.path)) ?? .null
    shapes = Dictionary(file.values.map { ($0.name, $0.value.shape) }) { first, _ in first }
  }

  /// What the file of a network would hold.
  package init(of model: any TaskModel) { self.init(TaskFile.file(model, history: History())) }

  /// What a file for one task holds.
  package init(reading path: String, task: String) throws {
    try self.init(reading: path)
    guard self.task == task else {
      throw DataError(
        path, "it holds a network to \(self.task ?? "predict"), not to \(task)",
        advice: "use hebb \(self.task ?? "predict"), or give another model")
    }
  }

  /// What the network does; nil where it is of another sort than tasks.
  package var task: String? { json["task"]?.string }

  /// Whether vocabularies and classes are those of another file: what the one learned, the other reads alike.
  package func reads(as other: TaskFile) -> Bool {
    task == other.task && classNames == other.classNames
      && file.notes.allSatisfy { other.file.notes[$0.key] == $0.value }
  }

  /// Writes a network with its history.
  ///
  /// - Parameter halves: whether weights are written with half precision.
  package static func write(
    _ model: any TaskModel, history: History, to path: String, halves: Bool = false
  ) throws(CheckpointError) {
    try file(model, history: history.withoutTimes).write(to: path, halves: halves)
  }

  private static func file(_ model: any TaskModel, history: History) -> ModelFile {
    let settings: [JSON.Member] = [.init("task", .string(type(of: model).task))] + model.settings
    return ModelFile(
      model.network, configuration: JSON.object(settings).description, classNames: model.classNames, history: history,
      notes: model.notes)
  }

  /// Puts the file's weights into a network; all must be finite.
  package func load(into network: any Module) throws {
    try file.load(into: network)
    if let bad = network.namedParameters.first(where: { !$0.parameter.value.allFinite }) {
      throw DataError(
        path, at: "tensor “\(bad.name)”", "it holds numbers that are infinite or NaN",
        advice: "train it again, or take an undamaged copy")
    }
  }

  // MARK: - Reading

  /// The shape of a tensor of so many axes, none of them empty.
  package func shape(_ name: String, rank: Int) throws(DataError) -> Shape {
    guard let shape = shapes[name], shape.rank == rank, shape.count > 0 else {
      throw damaged(shapes[name].map { "the tensor “\(name)” is \($0)" } ?? "there is no tensor “\(name)”")
    }
    return shape
  }

  /// Whether there is a tensor of this name.
  package func holds(_ name: String) -> Bool { shapes[name] != nil }

  /// How many parts of a list the tensors' names tell of: 2 for `layers.0.weight` and `layers.1.weight`.
  package func count(of prefix: String) -> Int {
    var count = 0
    while shapes.keys.contains(where: { $0.hasPrefix("\(prefix).\(count).") }) { count += 1 }
    return count
  }

  package func integer(_ name: String, _ range: ClosedRange<Int>) throws(DataError) -> Int {
    guard let value = json[name]?.integer, range.contains(value) else {
      throw damaged("“\(name)” is no number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  package func number(_ name: String) throws(DataError) -> Double {
    guard let value = json[name]?.double, value.isFinite else { throw damaged("“\(name)” is no number") }
    return value
  }

  package func string(_ name: String) throws(DataError) -> String {
    guard let value = json[name]?.string else { throw damaged("“\(name)” is missing") }
    return value
  }

  package func flag(_ name: String) throws(DataError) -> Bool {
    guard case .bool(let value)? = json[name] else { throw damaged("“\(name)” is missing") }
    return value
  }

  /// A setting as it stands.
  package func setting(_ name: String) -> JSON? { json[name] }

  /// Whether there is a text of this name.
  package func holdsNote(_ name: String) -> Bool { file.notes[name] != nil }

  package func note(_ name: String) throws(DataError) -> String {
    guard let text = file.notes[name] else { throw damaged("“\(name)” is missing") }
    return text
  }

  /// A vocabulary of as many tokens as there are rows of a tensor.
  package func vocabulary(_ name: String, rows: Int) throws(DataError) -> Vocabulary {
    let vocabulary = try Vocabulary(text: note(name), file: path)
    guard vocabulary.count == rows else {
      throw damaged("\(vocabulary.count) tokens of “\(name)” do not fit \(rows) rows of weights")
    }
    return vocabulary
  }

  /// Class names, as many as there are outputs.
  package func classNames(count: Int) throws(DataError) -> [String] {
    guard classNames.count == count else {
      throw damaged("\(classNames.count) names of classes do not fit \(count) outputs")
    }
    return classNames
  }

  package func damaged(_ problem: String) -> DataError {
    DataError(path, at: "header", problem, advice: "take an undamaged copy, or train it again")
  }
}
