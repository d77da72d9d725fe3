import HebbArrays
import HebbAutograd
import HebbData

/// What a range test found: how the loss goes while the learning rate rises.
///
/// - Source: Smith 2017, "Cyclical learning rates for training neural networks", arXiv:1506.01186.
public struct RateCurve: Sendable, Hashable {
  /// The learning rates that were tried, each larger than the one before.
  public let rates: [Double]
  /// Smoothed, one a rate.
  public let losses: [Double]

  /// The rate at which the loss fell fastest, by the logarithm of the rate; nil where it never fell.
  public var suggestion: Double? {
    // The first tenth is noise of the smoothing.
    let first = max(1, losses.count / 10)
    guard let low = losses.indices.min(by: { losses[$0] < losses[$1] }), low > first else { return nil }
    func slope(_ index: Int) -> Double { losses[index + 1] - losses[index - 1] }
    guard let steepest = (first..<low).min(by: { slope($0) < slope($1) }), slope(steepest) < 0 else { return nil }
    return rates[steepest]
  }
}

extension Trainer {
  /// Trains for a moment with rates that rise from step to step, and says which one the loss liked best. The weights
  /// are afterwards what they were.
  ///
  ///     let curve = trainer.findLearningRate(train)
  ///     print(curve.suggestion ?? "the loss never fell")
  ///
  /// The test ends when the loss has grown to four times its smallest value.
  public func findLearningRate(
    _ train: any Dataset, batchSize: Int = 32, from lowest: Double = 1e-6, to highest: Double = 10, steps: Int = 100
  ) -> RateCurve {
    require(lowest > 0 && highest > lowest && steps > 1, "rates must rise from \(lowest) to \(highest)")
    let kept = model.parameters.map { ($0, $0.value) }
    defer { for (parameter, value) in kept { parameter.value = value } }
    var updater = Updater(updater.optimizer, for: model, groups: groups)
    let loader = Loader(
      train, batchSize: batchSize, sampler: .shuffled(seed: seed),
      dropsLast: leavesOutSingle(of: train.count, batchSize), prefetch: 0)
    require(loader.batchCount > 0, "\(train.name) has no samples to find a learning rate with")
    let growth = Mathematics.log(highest / lowest) / Double(steps - 1)
    var (rates, losses): ([Double], [Double]) = ([], [])
    var (average, weight, best) = (0.0, 1.0, Double.infinity)
    var epoch = 0
    while rates.count < steps {
      for batch in loader.batches(epoch: epoch) where rates.count < steps {
        let rate = lowest * Mathematics.exp(growth * Double(rates.count))
        let (loss, gradients) = Pass.training(seed: seed, step: rates.count) {
          valueAndGradients { outcome(batch).loss }
        }
        average = 0.9 * average + 0.1 * loss.scalar
        weight *= 0.9
        let smoothed = average / (1 - weight)
        best = min(best, smoothed)
        guard smoothed.isFinite, smoothed <= 4 * best || rates.count < 5 else {
          return RateCurve(rates: rates, losses: losses)
        }
        rates.append(rate)
        losses.append(smoothed)
        updater.update(gradients, rate: rate)
      }
      epoch += 1
    }
    return RateCurve(rates: rates, losses: losses)
  }
}
