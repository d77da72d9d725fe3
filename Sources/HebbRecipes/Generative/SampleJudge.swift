import Hebb
import HebbFiles

/// A trained classifier that looks at generated pictures: which classes it sees, and how much like real ones they are.
package struct SampleJudge {
  private let model: TrainedModel
  private let white: Double
  private let features: Sequential
  private let test: NDArray
  private let train: NDArray

  package init(reading path: String) throws {
    model = try TrainedModel(reading: path)
    guard model.input.rank == 3, model.classNames.count > 1, model.network.layers.count > 1 else {
      throw DataError(path, "it is no classifier of pictures", advice: "give one, such as mnist-lenet")
    }
    white = model.tone?.white ?? 255
    // What the last layer sees.
    features = Sequential(Array(model.network.layers.dropLast()))
    let parts = try DataSets.load(model.spec.data, folder: nil, base: "")
    (train, test) = (parts.train.inputs, parts.test.inputs)
  }

  package struct Verdict {
    package let classNames: [String]
    /// The part of the pictures that is taken for each class.
    package let shares: [Double]
    /// Fréchet distance of features to those of the test pictures.
    package let distance: Double
    /// The same of as many training pictures: what can be had at best.
    package let realDistance: Double
  }

  /// - Parameter pictures: from 0 to 1.
  package func callAsFunction(_ pictures: NDArray) throws(DataError) -> Verdict {
    guard pictures.shape.removing(0) == model.input else {
      throw DataError(
        "the judge", "it takes pictures \(model.input), not \(pictures.shape.removing(0))", advice: "give another")
    }
    let found = look(pictures * white)
    var counts = [Double](repeating: 0, count: model.classNames.count)
    for label in found.logits.argMax(axis: 1).elements(as: Int32.self) { counts[Int(label)] += 1 }
    let real = look(test).features
    let learned = look(train[0..<min(train.shape[0], pictures.shape[0])]).features
    return Verdict(
      classNames: model.classNames, shares: counts.map { $0 / Double(pictures.shape[0]) },
      distance: FrechetDistance.squared(found.features, real),
      realDistance: FrechetDistance.squared(learned, real))
  }

  private func look(_ pictures: NDArray) -> (logits: NDArray, features: NDArray) {
    var (logits, seen): ([NDArray], [NDArray]) = ([], [])
    for start in stride(from: 0, to: pictures.shape[0], by: 500) {
      let x = model.normalization.normalized(pictures[start..<min(start + 500, pictures.shape[0])])
      let h = features(x)
      seen.append(h)
      logits.append(model.network.layers[model.network.layers.count - 1](Tensor(h)).value)
    }
    return (.concatenated(logits, axis: 0), .concatenated(seen, axis: 0))
  }
}
