import HebbArrays
import HebbData
import HebbRules
import HebbTesting
import Testing

@Suite struct ResonanceTests {
  @Test(arguments: ["0.0", "0.7", "0.9"]) func fuzzyCategoriesAreThoseOfArtlib(_ vigilance: String) throws {
    let (x, y) = (reference["art.x"], reference.integers("art.y"))
    let rho = try #require(Double(vigilance))
    var art = FuzzyART(features: 4, vigilance: rho)
    let found = try art.fit(x)
    #expect(agreement(found, reference.integers("art.fuzzy\(vigilance).labels")) == 1)
    #expect(difference(art.weights, reference["art.fuzzy\(vigilance).weights"]) < 1e-6)
    var map = FuzzyARTMAP(features: 4, vigilance: rho)
    try map.fit(x[0..<100], labels: Array(y[..<100]))
    #expect(difference(map.resonance.weights, reference["art.map\(vigilance).weights"]) < 1e-6)
    let predicted = try map.predict(x[100..<150])
    #expect(agreement(predicted, reference.integers("art.map\(vigilance).predicted")) == 1)
  }

  @Test func binaryCategoriesAreThoseOfThePaper() throws {
    var art = ART1(features: 12, vigilance: 0.6)
    let x = reference["art.one.x"].cast(to: .float32)
    let found = try art.fit(x)
    #expect(found == reference.integers("art.one.labels"))
    #expect(difference(art.weights, reference["art.one.weights"].cast(to: .float32)) == 0)
  }

  /// Iris by tens, each tested by a network that saw the others once.
  @Test func learnsIrisInOnePass() throws {
    let iris = Iris.load()
    let scale = try UnitScaling(fitting: iris.features)
    var right = 0
    for fold in iris.stratifiedFolds(10, seed: 2) {
      var random = Philox(seed: 2)
      let order = NDArray.permutation(fold.train.count, using: &random)
      var network = FuzzyARTMAP(features: 4, vigilance: 0.8)
      try network.fit(
        scale(fold.train.features).gathered(rows: order),
        labels: order.elements(as: Int32.self).map { fold.train.labels[Int($0)] })
      let found = try network.predict(scale(fold.test.features))
      right += zip(found, fold.test.labels).filter { $0 == $1 }.count
    }
    #expect(Double(right) / 150 >= 0.93)
  }

  @Test(arguments: 0..<3) func aNewClassLeavesOldAnswers(_ new: Int) throws {
    let iris = Iris.load()
    let x = try UnitScaling(fitting: iris.features)(iris.features)
    let (old, late) = (
      iris.labels.indices.filter { iris.labels[$0] != new }, iris.labels.indices.filter { iris.labels[$0] == new }
    )
    let rows = { (numbers: [Int]) in x.gathered(rows: NDArray(numbers.map { Int32($0) })) }
    var network = FuzzyARTMAP(features: 4, vigilance: 0.8)
    try network.fit(rows(old), labels: old.map { iris.labels[$0] })
    let (answers, boxes) = (try network.predict(rows(old)), network.resonance.weights)
    try network.fit(rows(late), labels: late.map { iris.labels[$0] })
    let after = try network.predict(rows(old))
    #expect(after == answers)
    #expect(difference(network.resonance.weights[0..<boxes.shape[0]], boxes) == 0)
    let learned = try network.predict(rows(late))
    #expect(agreement(learned, late.map { _ in Optional(new) }) > 0.9)
  }

  @Test func directionsFormCategories() throws {
    var random = Philox(seed: 3)
    let centers = NDArray([1, 0.1, 0, 0, 0.9, 0.2, 0.1, 0, 1] as [Float], shape: [3, 3])
    let picks = (0..<60).map { Int32($0 % 3) }
    let noise = NDArray.uniform([60, 3], in: 0...0.1, using: &random)
    // The length does not matter, only the direction.
    let x = (centers.gathered(rows: NDArray(picks)) + noise) * NDArray.uniform([60, 1], in: 0.2...5, using: &random)
    var art = ART2(features: 3, vigilance: 0.95, threshold: 0.01)
    let found = try art.fit(x, passes: 3)
    #expect(art.categoryCount == 3)
    #expect(found == picks.map { found[Int($0)] })
    let lengths: [Float] = art.weights.squared().sum(axis: 1).elements()
    #expect(lengths.allSatisfy { abs($0 - 1) < 1e-5 })
    let (again, empty) = (try art.predict(x), try art.predict(.zeros([1, 3])))
    #expect(again == found && empty == [nil])
  }

  @Test func vigilanceZeroMakesOneCategory() throws {
    var art = FuzzyART(features: 4, vigilance: 0)
    _ = try art.fit(reference["art.x"])
    #expect(art.categoryCount == 1)
    var strict = FuzzyART(features: 4, vigilance: 1)
    _ = try strict.fit(reference["art.x"])
    #expect(strict.categoryCount > 100)
  }
}
