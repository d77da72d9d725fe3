import Hebb

extension Workload {
  /// Networks that learn by local rules.
  static let rules: [Workload] = [
    Workload(
      name: "som-784",
      summary:
        "SOM 20x20 on 5,000 vectors of 784, 5,000 online updates, Gaussian neighbourhood, sigma 3, rate 0.5",
      sizes: [("samples", 5_000), ("features", 784), ("side", 20)]
    ) { sizes in
      var (x, map, random) = mapParts(sizes)
      return { learned { () throws(RuleError) in try map.fit(x, updates: x.shape[0], using: &random) } }
    },
    Workload(
      name: "som-784-batch", summary: "SOM 20x20 on 5,000 vectors of 784, one epoch of the batch rule",
      sizes: [("samples", 5_000), ("features", 784), ("side", 20)]
    ) { sizes in
      var (x, map, _) = mapParts(sizes)
      return { learned { () throws(RuleError) in try map.fitBatch(x, epochs: 1) } }
    },
    Workload(
      name: "rbm-784-256", summary: "RBM 784x256, 5,000 binary rows, batch 100, one epoch of PCD",
      sizes: [("samples", 5_000), ("visible", 784), ("hidden", 256), ("batch", 100)]
    ) { sizes in
      var random = Philox(seed: 0)
      let x = NDArray.bernoulli([sizes["samples"], sizes["visible"]], probability: 0.5, using: &random)
      let training = BoltzmannTraining(epochs: 1, batchSize: sizes["batch"], learningRate: 0.1)
      return {
        var machine = RestrictedBoltzmann(visible: sizes["visible"], hidden: sizes["hidden"], using: &random)
        learned { () throws(RuleError) in try machine.fit(x, training, using: &random) }
      }
    },
    Workload(
      name: "hopfield-1024",
      summary: "Hopfield 1,024 units, 100 patterns: Hebbian store, then synchronous recall of all, 10 sweeps",
      sizes: [("units", 1_024), ("patterns", 100), ("sweeps", 10)]
    ) { sizes in
      var random = Philox(seed: 0)
      let patterns =
        NDArray.bernoulli([sizes["patterns"], sizes["units"]], probability: 0.5, using: &random) * 2 - 1
      return {
        var network = HopfieldNetwork(units: sizes["units"])
        learned { () throws(RuleError) in
          try network.store(patterns)
          _ = try network.recall(patterns, sweeps: sizes["sweeps"], stopsWhenStable: false, using: &random)
        }
      }
    },
  ]

  private static func mapParts(_ sizes: Sizes) -> (NDArray, SelfOrganizingMap, Philox) {
    var random = Philox(seed: 0)
    let x = NDArray.uniform([sizes["samples"], sizes["features"]], using: &random)
    let map = SelfOrganizingMap(
      MapGrid(sizes["side"], sizes["side"]), features: sizes["features"], sigma: 3, learningRate: 0.5, using: &random)
    return (x, map, random)
  }

  /// Samples of a workload are made for it: that they are refused cannot be.
  private static func learned(_ body: () throws(RuleError) -> Void) {
    do throws(RuleError) { try body() } catch { fatalError("\(error)") }
  }
}
