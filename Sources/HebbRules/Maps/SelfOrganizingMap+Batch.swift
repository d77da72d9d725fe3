import HebbArrays

extension SelfOrganizingMap {
  /// Learns from all samples at once, `epochs` times (MiniSom's `train_batch_offline`).
  ///
  ///     m(unit) = Σ h(c(x), unit) x / Σ h(c(x), unit)        the mean of the samples around a unit
  ///     w ← (1 − α) w + α m                                  where the sum of h is positive
  ///
  /// Samples that share a winner are added up first, so that an epoch is two matrix products. With a rate of 1 that does
  /// not decay it is Kohonen's batch map.
  ///
  /// - Source: Kohonen 2013, doi:10.1016/j.neunet.2012.09.018, eq. 8.
  public mutating func fitBatch(
    _ x: NDArray, epochs: Int, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try checked(x)
    require(epochs > 0, "\(epochs) epochs")
    var random = Philox(seed: 0)  // None are used.
    let start = try begin(checkpoint, x, ["epochs": epochs, "order": "batch"], epochs, &random)
    let (map, count, before) = (self, grid.count, weights)
    var table = MapNeighborhood.Table()
    for epoch in start..<epochs {
      let rate = rateDecay(learningRate, step: epoch, of: epochs)
      let sigma = sigmaDecay(self.sigma, step: epoch, of: epochs)
      let found = winners(x)
      let numbers = NDArray(found.units)
      // Row u holds the factors of all units around the winner u.
      let around = NDArray(shape: [count, count]) { (h: UnsafeMutableBufferPointer<Float>) in
        for winner in 0..<count {
          let row = UnsafeMutableBufferPointer(rebasing: h[winner * count..<(winner + 1) * count])
          map.neighborhood.factors(map.grid, winner: winner, sigma: sigma, rate: 1, into: row, using: &table)
        }
      }
      let sums = x.scatterAdded(rows: numbers, count: count)
      var hits = [Float](repeating: 0, count: count)
      for unit in found.units { hits[Int(unit)] += 1 }
      let totals = around.matmul(NDArray(hits, shape: [count, 1]), transposingLeft: true)
      let isReached = totals.greater(than: 0)
      let means = around.matmul(sums, transposingLeft: true) / isReached.select(totals, .ones([count, 1]))
      weights = (units + isReached * rate * (means - units)).reshaped(weights.shape)
      guard weights.allFinite else {
        weights = before
        throw .diverged("the map", advice: "a Mexican hat needs a smaller rate or radius")
      }
      progress?(RuleProgress(step: epoch + 1, steps: epochs, value: found.meanDistance))
      try checkpoint?.pass(epoch + 1, of: epochs) { RuleState(training: self, done: epoch + 1, random) }
    }
  }
}

extension MapWinners {
  /// The mean distance to the nearest unit.
  var meanDistance: Double {
    let rows = distances.count / depth
    return (0..<rows).reduce(0.0) { $0 + Double(distances[$1 * depth]) } / Double(max(rows, 1))
  }
}
