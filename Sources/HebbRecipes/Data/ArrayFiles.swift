import HebbArrays
import HebbTraining
import HebbData
import HebbFiles

/// Samples in NumPy's files: whole numbers as targets are classes unless the network file says otherwise.
enum ArrayFiles {
  /// Training and test set; without a test pair a fifth of the samples is for testing.
  static func load(_ arrays: ArraySource, base: String) throws(DataError) -> DatasetParts {
    let whole = try read(arrays.inputs, arrays.targets, arrays.classes, base: base)
    guard let pair = arrays.test else {
      guard whole.count >= 10 else {
        throw DataError(
          whole.name, "\(PlainNumber.count(whole.count, "sample")) cannot be learned from and tested on",
          advice: "give 10 or more")
      }
      let parts =
        whole.classNames.isEmpty
        ? whole.split(testFraction: 0.2, seed: 0) : whole.stratifiedSplit(testFraction: 0.2, seed: 0)
      return DatasetParts(train: whole.rows(at: parts.train.indices), test: whole.rows(at: parts.test.indices))
    }
    let test = try read(pair.inputs, pair.targets, arrays.classes, base: base)
    let (wanted, found) = (whole.inputs.shape.dropFirst(), test.inputs.shape.dropFirst())
    guard Array(wanted) == Array(found), whole.inputs.dtype == test.inputs.dtype,
      whole.targets.dtype == test.targets.dtype,
      Array(whole.targets.shape.dropFirst()) == Array(test.targets.shape.dropFirst())
    else {
      throw DataError(
        test.name, "samples of \(Shape(found)) do not fit those to learn from, \(Shape(wanted))",
        advice: "save both alike")
    }
    let names = whole.classNames.count > test.classNames.count ? whole.classNames : test.classNames
    func named(_ part: ArrayDataset) -> ArrayDataset {
      ArrayDataset(name: part.name, inputs: part.inputs, targets: part.targets, classNames: names)
    }
    return DatasetParts(train: named(whole), test: named(test))
  }

  private static func read(
    _ inputs: String, _ targets: String, _ classes: Bool?, base: String
  ) throws(DataError) -> ArrayDataset {
    let (inputPath, targetPath) = (DataSets.resolved(inputs, base: base), DataSets.resolved(targets, base: base))
    var x = try NumPyFile.read(inputPath)
    guard (2...4).contains(x.rank), x.count > 0 else {
      throw DataError(
        inputPath, "it has the shape \(x.shape)",
        advice: "save [samples, features], [samples, time, features] or [samples, height, width, channels]")
    }
    if x.dtype != .uint8 { x = x.cast(to: .float32) }
    guard x.dtype == .uint8 || x.allFinite else {
      throw DataError(inputPath, "it holds numbers that are infinite or NaN", advice: "take them out")
    }
    let y = try NumPyFile.read(targetPath)
    guard y.rank > 0, y.shape[0] == x.shape[0] else {
      throw DataError(
        targetPath, "it has the shape \(y.shape), but there are \(x.shape[0]) samples",
        advice: "save a target for each")
    }
    let isWhole = y.dtype == .int32 || y.dtype == .uint8
    guard isWhole || classes != true else {
      throw DataError(targetPath, "\(y.dtype) cannot be classes", advice: "save whole numbers, or leave classes out")
    }
    guard classes ?? isWhole else {
      let numbers = y.cast(to: .float32)
      guard numbers.allFinite, y.rank <= 2, y.count > 0 else {
        throw DataError(
          targetPath, "numbers of shape \(y.shape)", advice: "save [samples] or [samples, outputs], finite")
      }
      return ArrayDataset(
        name: inputPath, inputs: x, targets: numbers.reshaped([x.shape[0], y.count / x.shape[0]]))
    }
    let labels = y.cast(to: .int32).elements(as: Int32.self)
    guard y.count == x.shape[0], let last = labels.max(), labels.allSatisfy({ (0..<65_536).contains($0) }) else {
      throw DataError(
        targetPath, "classes of shape \(y.shape) are not one number from 0 to 65535 a sample",
        advice: "number the classes from 0, or write classes: false for numbers")
    }
    return ArrayDataset(
      name: inputPath, inputs: x, targets: NDArray(labels), classNames: (0...last).map { String($0) })
  }
}
