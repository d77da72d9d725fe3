import HebbArrays
import HebbData
import HebbLayers
import HebbTraining

extension TrainedModel {
  /// What the network answers on the test set of its data.
  package func test(dataFolder: String?, base: String) throws(DataError) -> TestResult {
    let parts = try DataSets.load(spec.data, folder: dataFolder, base: base)
    let test = parts.test.normalized(by: normalization)
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
    let trainer = Trainer(network, loss: loss.loss, optimizer: spec.training.optimizer)
    let evaluation = trainer.evaluate(test, batchSize: 256, keepingPredictions: true)
    return TestResult(evaluation, of: test)
  }
}
