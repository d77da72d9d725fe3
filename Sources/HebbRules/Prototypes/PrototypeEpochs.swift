import HebbArrays

/// Epochs over batches in random order, with a rate that falls on a line to a hundredth: how prototypes follow a gradient.
struct PrototypeEpochs {
  let epochs: Int
  let batchSize: Int

  /// - Parameters:
  ///   - start: how many epochs are done.
  ///   - step: changes the prototypes by a batch and what is left of the rate, and gives the batch's mean cost.
  ///   - epochEnded: told how many are done; throws where the prototypes are of no use any more.
  func run(
    _ x: NDArray, _ labels: [Int], from start: Int, using random: inout Philox, _ progress: RuleWatcher?,
    step: (NDArray, [Int], Double) -> Double, epochEnded: (Int, Philox) throws(RuleError) -> Void
  ) throws(RuleError) {
    require(epochs > 0 && batchSize > 0, "\(epochs) epochs, batches of \(batchSize)")
    let rows = x.shape[0]
    let batches = (rows + batchSize - 1) / batchSize
    for epoch in start..<epochs {
      let order: [Int32] = NDArray.permutation(rows, using: &random).elements()
      var total = 0.0
      for batch in 0..<batches {
        let chosen = Array(order[batch * batchSize..<min(rows, (batch + 1) * batchSize)])
        let rest = 1 - 0.99 * Double(epoch * batches + batch) / Double(epochs * batches)
        let cost = step(x.gathered(rows: NDArray(chosen)), chosen.map { labels[Int($0)] }, rest)
        total += cost * Double(chosen.count)
      }
      progress?(RuleProgress(step: epoch + 1, steps: epochs, value: total / Double(rows)))
      try epochEnded(epoch + 1, random)
    }
  }

  static let diverged = RuleError.diverged("the prototypes", advice: "lower the rate, and scale the features")
}
