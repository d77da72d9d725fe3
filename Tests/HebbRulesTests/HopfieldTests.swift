import HebbArrays
import HebbRules
import HebbTesting
import Testing

@Suite struct HopfieldTests {
  @Test(arguments: HopfieldNetwork.Rule.allCases) func storesAndRecallsLikeNumPy(_ rule: HopfieldNetwork.Rule) throws {
    var random = Philox(seed: 0)
    let damaged = reference["hopfield.damaged"]
    let name = "hopfield.\(rule.rawValue)"
    var network = HopfieldNetwork(units: 60, rule: rule)
    try network.store(reference["hopfield.patterns"])
    #expect(difference(network.weights, reference["\(name).weights"]) < 1e-6)
    let found = try network.recall(damaged, sweeps: 2, stopsWhenStable: false, using: &random)
    #expect(found.states.fingerprint == reference["\(name).states"].fingerprint && found.sweeps == 2)
    let energies = NDArray(network.energies(damaged).map { Float($0) })
    #expect(difference(energies, reference["\(name).energies"]) < 1e-5)
  }

  /// Patterns that come later add to those before.
  @Test(arguments: HopfieldNetwork.Rule.allCases) func storesInParts(_ rule: HopfieldNetwork.Rule) throws {
    let patterns = reference["hopfield.patterns"]
    var (whole, parts) = (HopfieldNetwork(units: 60, rule: rule), HopfieldNetwork(units: 60, rule: rule))
    try whole.store(patterns)
    for range in [0..<1, 1..<3, 3..<5] { try parts.store(patterns[range]) }
    #expect(difference(whole.weights, parts.weights) < 1e-6)
  }

  @Test func energyFallsUntilNothingMoves() throws {
    var random = Philox(seed: 2)
    let patterns = NDArray.bernoulli([20, 200], probability: 0.5, using: &random) * 2 - 1
    var network = HopfieldNetwork(units: 200)
    try network.store(patterns)
    let noise = NDArray.bernoulli([30, 200], probability: 0.5, using: &random) * 2 - 1
    let found = try network.recall(noise, mode: .asynchronous, sweeps: 200, tracesEnergy: true, using: &random)
    #expect(found.isStable)
    for (before, after) in zip(found.energies, found.energies.dropFirst()) {
      #expect(zip(before, after).allSatisfy { $1 <= $0 + 1e-4 })
    }
  }

  /// 1,024 units, every tenth bit flipped: perfect far below 0.138 patterns a unit, lost above.
  @Test func forgetsAtTheKnownCapacity() throws {
    func recall(_ load: Double, seeds: Int) throws -> (bits: Double, exact: Double) {
      var (bits, exact) = (0.0, 0.0)
      for seed in 0..<seeds {
        var random = Philox(seed: UInt64(seed), stream: 7)
        let count = Int(load * 1_024)
        let patterns = NDArray.bernoulli([count, 1_024], probability: 0.5, using: &random) * 2 - 1
        let flips = 1 - NDArray.bernoulli([count, 1_024], probability: 0.1, using: &random) * 2
        var network = HopfieldNetwork(units: 1_024)
        try network.store(patterns)
        let found = try network.recall(patterns * flips, sweeps: 10, using: &random)
        let wrong: [Float] = ((found.states - patterns).abs().sum(axis: 1) * 0.5).elements()
        bits += 1 - Double(wrong.reduce(0, +)) / Double(count * 1_024)
        exact += Double(wrong.filter { $0 == 0 }.count) / Double(count)
      }
      return (bits / Double(seeds), exact / Double(seeds))
    }
    let (light, near, over) = (try recall(0.08, seeds: 3), try recall(0.12, seeds: 5), try recall(0.16, seeds: 2))
    #expect(light.exact >= 0.75)
    #expect(near.bits >= 0.993)
    #expect(over.bits < 0.95)
  }

  /// Units that are given stay in every sweep, and what is said of the others is not looked at: as a plain loop has it.
  @Test(arguments: [HopfieldNetwork.Mode.synchronous, .asynchronous])
  func givenUnitsStay(_ mode: HopfieldNetwork.Mode) throws {
    var random = Philox(seed: 6)
    let patterns = NDArray.bernoulli([6, 120], probability: 0.5, using: &random) * 2 - 1
    var network = HopfieldNetwork(units: 120)
    try network.store(patterns)
    let known = NDArray((0..<120).map { Float($0 < 60 ? 1 : 0) })
    var seen: [NDArray] = []
    let found = try network.recall(
      patterns, known: known, mode: mode, sweeps: 12, tracesEnergy: true, using: &random, watcher: { seen.append($0) })
    #expect(seen.count == found.sweeps + 1 && seen.allSatisfy { difference($0 * known, patterns * known) == 0 })
    #expect(difference(seen[0] * (1 - known), .zeros([6, 120])) == 0)
    #expect(difference(found.states, patterns) == 0 && found.isStable)
    if mode == .asynchronous {
      for (before, after) in zip(found.energies, found.energies.dropFirst()) {
        #expect(zip(before, after).allSatisfy { $1 <= $0 + 1e-4 })
      }
    } else {
      let weights: [Float] = network.weights.elements()
      for (before, after) in zip(seen, seen.dropFirst()) {
        let (s, next): ([Float], [Float]) = (before.elements(), after.elements())
        for unit in 60..<120 {
          let field = (0..<120).reduce(0.0) { $0 + Double(weights[unit * 120 + $1]) * Double(s[$1]) }
          #expect(abs(field) < 1e-6 || next[unit] == (field > 0 ? 1 : -1))
        }
      }
    }
  }

  /// Where Hebb's rule has lost its patterns, the projection still has them.
  @Test func projectionHoldsMore() throws {
    var random = Philox(seed: 4)
    let patterns = NDArray.bernoulli([40, 128], probability: 0.5, using: &random) * 2 - 1
    var parts: [Double] = []
    for rule in HopfieldNetwork.Rule.allCases {
      var network = HopfieldNetwork(units: 128, rule: rule)
      try network.store(patterns)
      let found = try network.recall(patterns, using: &random).states
      parts.append(1 - (found - patterns).abs().mean().scalar / 2)
    }
    #expect(parts[0] < 0.97 && parts[1] > parts[0] && parts[2] == 1)
  }

  @Test func gradedUnitsRunDown() throws {
    var random = Philox(seed: 6)
    let patterns = NDArray.bernoulli([3, 64], probability: 0.5, using: &random) * 2 - 1
    var memory = HopfieldNetwork(units: 64)
    try memory.store(patterns)
    let network = ContinuousHopfield(weights: memory.weights, gain: 8)
    let flips = 1 - NDArray.bernoulli([3, 64], probability: 0.1, using: &random) * 2
    let (states, energies) = try network.recall(patterns * flips * 0.5, step: 0.05)
    #expect(states.sign().fingerprint == patterns.fingerprint)
    for (before, after) in zip(energies, energies.dropFirst()) {
      #expect(zip(before, after).allSatisfy { $1 <= $0 + 1e-4 })
    }
  }

  @Test func denseNetworksAgreeWithNumPy() throws {
    var soft = DenseHopfield(units: 20, energy: .softmax(beta: 4))
    try soft.store(reference["hopfield.dense.patterns"])
    let found = try soft.recall(reference["hopfield.dense.query"].reshaped([1, 20]), steps: 1)
    #expect(difference(found, reference["hopfield.dense.softmax"]) < 1e-5)
    var steep = DenseHopfield(units: 60, energy: .polynomial(degree: 3))
    try steep.store(reference["hopfield.patterns"])
    let repaired = try steep.recall(reference["hopfield.damaged"][0..<1], steps: 1)
    #expect(difference(repaired, reference["hopfield.dense.polynomial"]) == 0)
  }

  /// Ten times as many patterns as Hebb's rule could hold; half of each is given.
  @Test func denseNetworksHoldManyPatterns() throws {
    var random = Philox(seed: 8)
    let patterns = NDArray.bernoulli([200, 128], probability: 0.5, using: &random) * 2 - 1
    let known = NDArray((0..<128).map { Float($0 < 64 ? 1 : 0) })
    for energy in [DenseHopfield.Energy.softmax(beta: 4), .polynomial(degree: 8)] {
      var network = DenseHopfield(units: 128, energy: energy)
      try network.store(patterns)
      let found = try network.recall(patterns, known: known)
      #expect(difference(found.sign(), patterns) == 0, "\(energy)")
    }
    var binary = DenseHopfield(units: 128, energy: .polynomial(degree: 8))
    try binary.store(patterns)
    #expect(throws: RuleError.self) { try binary.recall(patterns * 0.5) }
  }
}
