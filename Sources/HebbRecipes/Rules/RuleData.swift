import Foundation
import Hebb
import HebbFiles

/// Samples for a network of local rules, in the numbers that it takes, and how they were made.
package struct RuleData {
  package let name: String
  /// `[count, features]`
  package let train: NDArray
  package let test: NDArray
  package let trainLabels: [Int]
  package let testLabels: [Int]
  package let classNames: [String]
  package let form: RuleForm

  /// A set of the catalogue by its name, a table, or a folder of pictures.
  ///
  /// - Parameters:
  ///   - needsClasses: whether samples without classes are refused.
  ///   - form: how samples are made, where a network has been trained already; else it is fitted to them.
  package init(_ source: String, needsClasses: Bool, scaling: RuleForm.Scaling, form: RuleForm? = nil) throws {
    try self.init(RuleData.parts(source, needsClasses: needsClasses), source, scaling: scaling, form: form)
  }

  /// Samples that are parted already.
  init(_ parts: DatasetParts, _ source: String, scaling: RuleForm.Scaling, form: RuleForm? = nil) throws {
    guard parts.train.targets.dtype == .int32, parts.train.count > 0, parts.test.count > 0 else {
      throw DataError(source, "it has no classes, or too few samples", advice: "give samples of two classes or more")
    }
    name = parts.train.name
    let form = try form ?? RuleForm(fitting: parts.train, scaling: scaling)
    self.form = form
    (train, test) = (try form(parts.train.features), try form(parts.test.features))
    (trainLabels, testLabels, classNames) = (parts.train.labels, parts.test.labels, parts.train.classNames)
  }

  /// Training and test set as one.
  static func whole(_ source: String) throws(DataError) -> ArrayDataset {
    let parts = try parts(source, needsClasses: true)
    return ArrayDataset(
      name: parts.train.name, inputs: .concatenated([parts.train.inputs, parts.test.inputs], axis: 0),
      targets: .concatenated([parts.train.targets, parts.test.targets], axis: 0), classNames: parts.train.classNames)
  }

  /// Whether there is anything to be told apart.
  var hasClasses: Bool { classNames.count > 1 }

  private static func parts(_ source: String, needsClasses: Bool) throws(DataError) -> DatasetParts {
    if let entry = DatasetCatalog.entry(named: source) { return try DatasetFinder().load(entry, fetching: false) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
      let names = DatasetCatalog.all.map(\.name).joined(separator: ", ")
      throw DataError(source, "there is no such data set, file or folder", advice: "give a table, a folder or \(names)")
    }
    if isFolder.boolValue {
      guard !needsClasses, try ImageFolder.count(source) > 0 else {
        return try ImageFolder.readParts(source, channels: 1)
      }
      let size = (PictureData.folderSide, PictureData.folderSide)
      return try parted(ImageFolder.readFlat(source, size: size, channels: 1, fit: .crop), "picture")
    }
    do throws(DataError) { return try parted(CSVFile.read(source), "line") } catch {
      guard !needsClasses, let whole = try? numbers(source) else { throw error }
      return try parted(whole, "line")
    }
  }

  /// A table whose last column is no class: all of its columns.
  private static func numbers(_ source: String) throws(DataError) -> ArrayDataset {
    let table = try CSVFile.read(source, classes: false)
    return ArrayDataset(
      name: table.name, inputs: .concatenated([table.inputs, table.targets], axis: 1),
      targets: .zeros([table.count], dtype: .int32), classNames: ["all"])
  }

  private static func parted(_ whole: ArrayDataset, _ word: String) throws(DataError) -> DatasetParts {
    guard whole.count >= 10 else {
      let found = whole.count == 1 ? "1 \(word) is" : "\(whole.count) \(word)s are"
      throw DataError(whole.name, "\(found) too few to learn and test", advice: "give 10 or more")
    }
    let split = whole.stratifiedSplit(testFraction: 0.2, seed: 0)
    return DatasetParts(train: whole.rows(at: split.train.indices), test: whole.rows(at: split.test.indices))
  }
}

/// How samples become the numbers that a network takes: kept in its file.
package struct RuleForm: Sendable {
  package enum Scaling: String, Sendable {
    /// Mean 0 and variance 1, each feature by itself.
    case deviation
    /// 0 … 1, each feature by itself.
    case unit
    /// 0 … 1 by the largest number of all: pictures keep their shades.
    case shades
    /// −1 or 1: whether a number is half of the largest of all, or more.
    case signs
  }

  package let scaling: Scaling
  /// The shape of a sample: `[height, width, 1]` of pictures, `[features]` of tables.
  package let shape: Shape
  /// What is subtracted from a feature, and what it is divided by.
  private let offset: [Float]
  private let divisor: [Float]
  package let classNames: [String]

  init(fitting data: ArrayDataset, scaling: Scaling) throws(RuleError) {
    let x = data.features
    self.scaling = scaling
    shape = Shape(data.inputs.shape.dropFirst())
    classNames = data.classNames
    switch scaling {
    case .deviation:
      let fitted = Normalization(fittingElementsOf: x)
      (offset, divisor) = (fitted.mean, fitted.deviation)
    case .unit:
      let fitted = try UnitScaling(fitting: x)
      offset = fitted.low
      divisor = zip(fitted.low, fitted.high).map { $1 > $0 ? $1 - $0 : 1 }
    case .shades, .signs:
      let (low, high) = (Float(min(x.min().scalar, 0)), Float(x.max().scalar))
      offset = [Float](repeating: low, count: x.shape[1])
      divisor = [Float](repeating: high > low ? high - low : 1, count: x.shape[1])
    }
  }

  package var features: Int { offset.count }
  package var isPicture: Bool { shape.rank == 3 && shape[2] == 1 }

  /// Samples `[count, features]` as the network takes them.
  package func callAsFunction(_ x: NDArray) throws(RuleError) -> NDArray {
    guard x.rank == 2, x.shape[1] == features else {
      throw .features("the network", expected: features, found: x.rank == 2 ? x.shape[1] : x.count)
    }
    let scaled = (x - NDArray(offset)) / NDArray(divisor)
    switch scaling {
    case .deviation: return scaled
    case .unit, .shades: return NDArray.minimum(NDArray.maximum(scaled, 0), 1)
    case .signs: return RuleForm.signs(scaled)
    }
  }

  private static func signs(_ shades: NDArray) -> NDArray { shades.greaterOrEqual(to: 0.5) * 2 - 1 }

  /// Shades 0 … 1 of pictures as the network takes them: white stands for the largest number.
  func numbers(ofShades x: NDArray) -> NDArray {
    switch scaling {
    case .shades, .unit: x
    case .signs: RuleForm.signs(x)
    case .deviation: (x - NDArray(offset)) / NDArray(divisor)
    }
  }

  /// Numbers of the network as shades 0 … 1 of pictures `[count, height, width, 1]`; nil where samples are no pictures.
  package func pictures(_ x: NDArray) -> NDArray? {
    guard isPicture else { return nil }
    let shades =
      switch scaling {
      case .deviation: x * NDArray(divisor) + NDArray(offset)
      case .signs: x * 0.5 + 0.5
      case .unit, .shades: x
      }
    return NDArray.minimum(NDArray.maximum(shades, 0), 1).reshaped([x.shape[0], shape[0], shape[1], 1])
  }
}

// MARK: - In a file

extension RuleForm {
  package var note: String {
    func list(_ numbers: [Float]) -> JSON { .array(numbers.map { .number(Double($0)) }) }
    return JSON.object([
      .init("scaling", .string(scaling.rawValue)), .init("shape", .array(shape.map { .integer($0) })),
      .init("offset", list(offset)), .init("divisor", list(divisor)),
      .init("classNames", .array(classNames.map { .string($0) })),
    ]).description
  }

  /// The form that a file's note describes.
  package init(note: String?, file: String) throws(DataError) {
    let failure = DataError(
      file, at: "header", "it does not say how samples are made", advice: "train it with hebb train")
    guard let note else { throw failure }
    let json = try JSON(parsing: Array(note.utf8), file: file)
    let numbers = { (name: String) in (json[name]?.elements ?? []).compactMap(\.double).map { Float($0) } }
    let extents = (json["shape"]?.elements ?? []).compactMap(\.integer)
    (offset, divisor) = (numbers("offset"), numbers("divisor"))
    guard let scaling = json["scaling"]?.string.flatMap(Scaling.init(rawValue:)), (1...3).contains(extents.count),
      extents.allSatisfy({ $0 > 0 && $0 <= 1 << 16 }), extents.reduce(1, *) == offset.count,
      divisor.count == offset.count, divisor.allSatisfy({ $0 > 0 })
    else { throw failure }
    self.scaling = scaling
    shape = Shape(extents)
    classNames = (json["classNames"]?.elements ?? []).compactMap(\.string)
  }
}
