import HebbArrays
import HebbRules
import Testing

/// The same bits with every instruction set and every number of threads: what `Scripts/same-bits` compares.
@Suite("SameBits of rules", .serialized) struct RuleSameBitsTests {
  @Test("every kind of network, a little trained") func everyKind() throws {
    for (index, model) in try RuleFileTests.everyKind().enumerated() {
      let words = model.state.arrays.map { String($0.value.fingerprint, radix: 16) }
      print("bits rule-\(index)-\(type(of: model).kind) \(words.joined(separator: "."))")
    }
  }

  @Test("large enough for several threads") func large() throws {
    var random = Philox(seed: 12)
    let x = NDArray.uniform([300, 700], using: &random)
    for distance in MapDistance.allCases {
      var map = SelfOrganizingMap(MapGrid(16, 16), features: 700, sigma: 3, distance: distance, using: &random)
      try map.fit(x, updates: 40, using: &random)
      try map.fitBatch(x, epochs: 1)
      print("bits map-\(distance) \(String(map.weights.fingerprint, radix: 16))")
    }
    let bits = x.greater(than: 0.5)
    var machine = RestrictedBoltzmann(visible: 700, hidden: 120, using: &random)
    try machine.fit(bits, BoltzmannTraining(epochs: 1, momentum: 0.5), using: &random)
    let estimate = try machine.logPartition(startingFrom: bits, temperatures: 20, chains: 10, using: &random)
    var memory = HopfieldNetwork(units: 700)
    try memory.store(bits * 2 - 1)
    let found = try memory.recall(x.greater(than: 0.4) * 2 - 1, mode: .asynchronous, sweeps: 3, using: &random)
    print(
      "bits boltzmann \(String(machine.weights.fingerprint, radix: 16)).\(String(estimate.value.bitPattern, radix: 16))"
    )
    print("bits hopfield \(String(found.states.fingerprint, radix: 16))")
  }
}
