import HebbArrays
import HebbData
import HebbFiles

/// The samples of a run: split, and with the normalisation that was fitted to the training part.
package struct PreparedData: Sendable {
  package let train: any Dataset
  /// What the curves of the run are measured on.
  package let validation: any Dataset
  package let test: any Dataset
  /// Whether the validation samples are the test samples. Nothing may be chosen by them then.
  package let validatesOnTest: Bool
  package let normalization: Normalization
  package let classNames: [String]
  /// The names of a table's columns that go in; empty where there are none, or where one comes twice.
  package private(set) var columns: [String] = []

  /// The shape of one sample.
  package var sampleShape: Shape { Shape(test.inputs(at: [0]).shape.dropFirst()) }
  /// How many numbers the network must give: one for each class, or for each target.
  package var outputs: Int { isClassified ? classNames.count : test.targets.shape.innermost }
  package var isClassified: Bool { test.targets.dtype == .int32 }

  /// - Parameters:
  ///   - seed: of the validation split.
  package init(_ parts: DatasetParts, _ spec: DataSpec, seed: UInt64) throws(DataError) {
    let normalization = try spec.normalization.fitted(to: parts.train, node: spec.node)
    let train = parts.train.normalized(by: normalization)
    let test = parts.test.normalized(by: normalization)
    guard train.count > 0, test.count > 0 else {
      throw spec.node.failure(
        "there are \(train.count) training and \(test.count) test samples", advice: "give more data")
    }
    if train.targets.dtype == .int32, train.classNames.count == 1 {
      throw spec.node.failure(
        "all samples are of one class, “\(train.classNames[0])”", advice: "give a second class, or check the target")
    }
    if spec.validation > 0 {
      let split =
        train.targets.dtype == .int32
        ? train.stratifiedSplit(testFraction: spec.validation, seed: seed)
        : train.split(testFraction: spec.validation, seed: seed)
      guard split.train.count > 0, split.test.count > 0 else {
        throw spec.node.failure(
          "a share of \(spec.validation) leaves no samples on one side", advice: "change validation")
      }
      self.init(train: split.train, validation: split.test, test: test, validatesOnTest: false, normalization)
    } else {
      self.init(train: train, validation: test, test: test, validatesOnTest: true, normalization)
    }
    if Set(train.featureNames).count == train.featureNames.count { columns = train.featureNames }
  }

  private init(
    train: any Dataset, validation: any Dataset, test: any Dataset, validatesOnTest: Bool,
    _ normalization: Normalization
  ) {
    (self.train, self.validation, self.test) = (train, validation, test)
    (self.validatesOnTest, self.normalization, classNames) = (validatesOnTest, normalization, test.classNames)
  }

  /// Pairs for cross-validation of all samples, training and test, each class dealt out evenly.
  package static func folds(
    _ folds: Int, of parts: DatasetParts, _ spec: DataSpec, seed: UInt64
  ) throws(DataError) -> [PreparedData] {
    let whole = ArrayDataset(
      name: parts.train.name, inputs: .concatenated([parts.train.inputs, parts.test.inputs], axis: 0),
      targets: .concatenated([parts.train.targets, parts.test.targets], axis: 0), classNames: parts.train.classNames,
      normalization: parts.train.normalization)
    guard folds <= whole.count else {
      throw spec.node.failure("\(whole.count) samples cannot be cut into \(folds) folds", advice: "use fewer")
    }
    let pairs =
      whole.targets.dtype == .int32 ? whole.stratifiedFolds(folds, seed: seed) : whole.folds(folds, seed: seed)
    var prepared: [PreparedData] = []
    for pair in pairs {
      let train = whole.rows(at: pair.train.indices)
      let normalization = try spec.normalization.fitted(to: train, node: spec.node)
      let test = whole.rows(at: pair.test.indices).normalized(by: normalization)
      prepared.append(
        PreparedData(
          train: train.normalized(by: normalization), validation: test, test: test, validatesOnTest: true,
          normalization))
    }
    return prepared
  }
}
