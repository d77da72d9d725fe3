import HebbArrays
import HebbFiles
import HebbPlots
import HebbRuns
import HebbTraining

/// The pictures of a run: learning curves, and which classes were taken for which.
package enum RunPictures {
  package static func write(
    _ history: History, _ result: TestResult, plan: TrainingPlan, to folder: RunFolder
  ) throws(DataError) {
    let epochs = history.epochs
    let rates = epochs.map(\.learningRate)
    let changes = Set(rates).count > 1
    let curves = Figure.learningCurves(
      plan.spec.name, trainingLoss: epochs.map(\.trainingLoss), validationLoss: epochs.compactMap(\.validationLoss),
      trainingMetric: epochs.compactMap { $0.trainingMetrics.first?.value },
      validationMetric: epochs.compactMap { $0.validationMetrics.first?.value }, learningRate: changes ? rates : [],
      overfittingEpoch: overfittingEpoch(history))
    try FigureFile.write(curves, to: folder.picture("curves"))
    if let confusion = result.confusion, confusion.classNames.count <= 40 {
      func figure(_ names: [String]) -> Figure {
        .confusion("\(plan.spec.name): test set", matrix: confusion.rows, classNames: names)
      }
      let numbers = DrawnNames.numbered(confusion.classNames)?.map(\.number)
      try FigureFile.write(
        figure(confusion.classNames), drawn: numbers.map(figure), to: folder.picture("confusion"))
    }
  }

  /// The gradients of the layers over the epochs, with what the curves said: of more than twelve weights the first and the
  /// last six.
  package static func writeLayers(_ log: LayerLog, plan: TrainingPlan, to folder: RunFolder) throws(DataError) {
    guard log.rows.count > 1 else { return }
    let weights = log.paths.indices.filter { log.paths[$0].lowercased().hasSuffix("weight") }
    let shown = weights.count > 12 ? Array(weights.prefix(6) + weights.suffix(6)) : weights
    var notes: [(epoch: Double, text: String)] = []
    for (before, row) in zip(log.rows, log.rows.dropFirst()) where row.verdict != before.verdict {
      notes.append((Double(row.epoch), row.verdict))
    }
    let figure = Figure.gradientHistory(
      "\(plan.spec.name): gradients", epochs: log.rows.map { Double($0.epoch) },
      layers: shown.map { index in (log.paths[index], log.rows.map { $0.norms[index] }) }, notes: notes)
    try FigureFile.write(figure, to: folder.picture("layers"))
  }

  private static func overfittingEpoch(_ history: History) -> Double? {
    guard case .overfitting(let since) = history.diagnosis.verdict else { return nil }
    return Double(since)
  }

  /// The first sample of the test set, to try the network on: a picture, or a row of numbers.
  package static func writeExample(of data: PreparedData, to folder: RunFolder) throws(DataError) {
    guard let tone = PictureTone(of: data.test), [1, 3].contains(data.sampleShape.innermost) else {
      let row = data.test.inputs(at: [0]).cast(to: .float32).elements(as: Float.self).map(\.description)
      return try AtomicFile.write(Array((row.joined(separator: ",") + "\n").utf8), to: folder.exampleRow)
    }
    let values = data.test.inputs(at: [0]).cast(to: .float32).elements(as: Float.self)
    let bytes = values.map { UInt8(min(255, max(0, (Double($0) / tone.white * 255).rounded()))) }
    try Picture.write(NDArray(bytes, shape: data.sampleShape), to: "\(folder.picture("example")).png")
  }
}
