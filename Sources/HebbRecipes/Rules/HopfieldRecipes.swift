import Hebb
import HebbPlots
import HebbRuns

extension RuleRecipe {
  package static let hopfield = RuleRecipe(
    name: "hopfield", summary: "a Hopfield network: pictures from their upper halves, or with pixels turned over",
    data: "mnist", variants: [("modern", .shades), ("binary", .signs)], epochs: 1, classifies: false,
    needsClasses: false, learnsAtOnce: true
  ) { data, settings, random, _ in
    settings.kind == "binary" ? try binary(data, &random) : try modern(data)
  }

  private static func modern(_ data: RuleData) throws -> Result {
    let patterns = data.test[0..<min(1_000, data.test.shape[0])]
    var network = DenseHopfield(units: data.form.features, energy: .softmax(beta: 50))
    try network.store(patterns)
    let known = NDArray((0..<data.form.features).map { $0 < data.form.features / 2 ? Float(1) : 0 })
    let found = try network.recall(patterns, known: known)
    // To the byte: less than half a shade beside.
    let wrong: [Float] = (found - patterns).abs().max(axes: [1]).elements()
    let right = wrong.filter { $0 < 0.5 / 255 }.count
    var outcome = RunOutcome()
    outcome.numbers = [("patterns", Double(wrong.count)), ("recalled", Double(right))]
    outcome.sentences = ["\(right) of \(wrong.count) test samples recalled from the first half of each"]
    let shown = min(10, patterns.shape[0])
    outcome.show(
      "recall", "given, recalled",
      .concatenated([patterns[0..<shown] * known, found[0..<shown]], axis: 0), data.form, columns: shown)
    return (network, outcome)
  }

  /// Pictures are alike, so that Hebb's rule could tell but a few of them apart: the projection rule stores them.
  private static func binary(_ data: RuleData, _ random: inout Philox) throws -> Result {
    let (units, share) = (data.form.features, 0.1)
    let patterns = data.test[0..<min(max(1, units / 8), data.test.shape[0])]
    var network = HopfieldNetwork(units: units, rule: .pseudoInverse)
    try network.store(patterns)
    let given = HopfieldCapacity.damaged(patterns, share: share, using: &random)
    let found = try network.recall(given, mode: .asynchronous, tracesEnergy: true, using: &random)
    let overlap: [Float] = (found.states * patterns).mean(axis: 1).elements()
    let right = overlap.filter { $0 == 1 }.count
    var outcome = RunOutcome()
    outcome.numbers = [
      ("patterns", Double(overlap.count)), ("recalled", Double(right)), ("sweeps", Double(found.sweeps)),
    ]
    outcome.sentences = [
      "\(right) of \(overlap.count) test samples recalled with a tenth of each turned over, in "
        + (found.sweeps == 1 ? "1 sweep" : "\(found.sweeps) sweeps")
    ]
    let shown = min(10, patterns.shape[0])
    outcome.show(
      "recall", "given, recalled", .concatenated([given[0..<shown], found.states[0..<shown]], axis: 0), data.form,
      columns: shown)
    let sweeps = found.energies.indices.map(Double.init)
    let series = (0..<min(5, shown)).map { state in
      Series("sample \(state + 1)", x: sweeps, y: found.energies.map { $0[state] })
    }
    outcome.figures.append(
      ("energy", Figure("energy in recall", panels: [Axes(x: Axis("sweep"), y: Axis("energy"), series: series)])))
    outcome.figures.append(("capacity", try HopfieldCapacity.figure(using: &random)))
    return (network, outcome)
  }
}

/// How many patterns a binary Hopfield network holds.
package enum HopfieldCapacity {
  /// States in which a part of the units, drawn at random, is turned over.
  static func damaged(_ x: NDArray, share: Double, using random: inout Philox) -> NDArray {
    x * (1 - 2 * NDArray.bernoulli(x.shape, probability: share, using: &random))
  }

  /// The mean overlap of random patterns with what is recalled of them when a tenth of the units is turned over, 1 where
  /// all are repaired, by rule and by patterns a unit.
  package static func overlaps(
    of rule: HopfieldNetwork.Rule, units: Int, loads: [Double], using random: inout Philox
  ) throws(RuleError) -> [Double] {
    var found: [Double] = []
    for load in loads {
      let count = max(1, Int((load * Double(units)).rounded()))
      let patterns = NDArray.bernoulli([count, units], probability: 0.5, using: &random) * 2 - 1
      var network = HopfieldNetwork(units: units, rule: rule)
      try network.store(patterns)
      let given = damaged(patterns, share: 0.1, using: &random)
      let states = try network.recall(given, mode: .asynchronous, sweeps: 20, using: &random).states
      found.append((states * patterns).mean().scalar)
    }
    return found
  }

  static func figure(using random: inout Philox) throws(RuleError) -> Figure {
    let loads = (1...24).map { Double($0) * 0.02 }
    var series: [Series] = []
    for (name, rule) in [("Hebb", HopfieldNetwork.Rule.hebbian), ("Storkey", .storkey), ("projection", .pseudoInverse)]
    {
      series.append(
        Series(name, x: loads, y: try overlaps(of: rule, units: 500, loads: loads, using: &random)))
    }
    return Figure(
      "capacity: random patterns in 500 units",
      panels: [Axes(x: Axis("patterns a unit"), y: Axis("overlap of what is recalled"), series: series)])
  }
}
