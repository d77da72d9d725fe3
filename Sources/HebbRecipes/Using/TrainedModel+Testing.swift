import HebbArrays
import HebbData
import HebbLayers
import HebbTraining

extension TrainedModel {
  /// What the network answers on the test set of its data.
  package func test(dataFolder: String?, base: String) throws(DataError) -> TestResult {
    let parts = try DataSets.load(spec.data, folder: dataFolder, base: base)
    let test = try ordered(parts.test).normalized(by: normalization)
    let found = Shape(test.inputs.shape.dropFirst())
    let isClassified = test.targets.dtype == .int32
    guard found == input, isClassified == !classNames.isEmpty,
      !isClassified || test.classNames.count == outputs
    else {
      throw DataError(
        test.name,
        "samples of \(found) in \(test.classNames.count) classes do not fit the network, which takes \(input)",
        advice: "give the data that it was trained for")
    }
    try EmbeddingNumbers.check(test, for: network)
    let loss = spec.training.loss ?? .standard(classified: isClassified)
    let metrics = try MetricSpec.metrics(spec.training.metrics, classified: isClassified, classes: outputs)
    let trainer = Trainer(network, loss: loss.loss, optimizer: spec.training.optimizer, metrics: metrics)
    let evaluation = trainer.evaluate(test, batchSize: 256, keepingPredictions: true)
    guard evaluation.predictions?.allFinite ?? true else {
      throw DataError(
        test.name, "some of the network's answers are infinite or NaN",
        advice: "train it again with a lower learning rate, or take an undamaged copy")
    }
    return TestResult(evaluation, of: test)
  }

  /// A table with its columns in the order of training, others left out, where both have names for them.
  private func ordered(_ table: ArrayDataset) throws(DataError) -> ArrayDataset {
    guard !columns.isEmpty, !table.featureNames.isEmpty, table.featureNames != columns else { return table }
    let header = try TableHeader(table.featureNames, for: self, name: table.name, line: 1)
    let values = table.inputs.elements(as: Float.self)
    let width = table.featureNames.count
    let rows = (0..<table.count).flatMap { row in header.taken.map { values[row * width + $0] } }
    return ArrayDataset(
      name: table.name, inputs: NDArray(rows, shape: [table.count, columns.count]), targets: table.targets,
      classNames: table.classNames, featureNames: columns)
  }
}
