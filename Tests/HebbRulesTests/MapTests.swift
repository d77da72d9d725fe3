import HebbArrays
import HebbData
import HebbRules
import HebbTesting
import Testing

/// One of the maps of `Reference/rules.py`.
struct MapCase: Sendable, CustomTestStringConvertible {
  let number: Int
  let cells: MapGrid.Cells
  let neighborhood: MapNeighborhood
  let distance: MapDistance
  let rateDecay: MapDecay
  let sigmaDecay: MapDecay
  let sigma: Double

  var testDescription: String { "\(cells) \(neighborhood) \(distance)" }

  static let all = [
    MapCase(0, .rectangular, .gaussian, .euclidean, .asymptotic, .asymptotic, 2),
    MapCase(1, .rectangular, .mexicanHat, .euclidean, .inverseToZero, .inverseToOne, 1.5),
    MapCase(2, .rectangular, .bubble, .manhattan, .linearToZero, .linearToOne, 2),
    MapCase(3, .rectangular, .triangle, .euclidean, .asymptotic, .inverseToOne, 2),
    MapCase(4, .rectangular, .gaussian, .cosine, .linearToZero, .asymptotic, 2),
    MapCase(5, .hexagonal, .gaussian, .euclidean, .asymptotic, .asymptotic, 2),
    MapCase(6, .hexagonal, .mexicanHat, .manhattan, .asymptotic, .asymptotic, 1.2),
    MapCase(7, .hexagonal, .bubble, .euclidean, .asymptotic, .linearToOne, 2),
  ]

  init(
    _ number: Int, _ cells: MapGrid.Cells, _ neighborhood: MapNeighborhood, _ distance: MapDistance,
    _ rateDecay: MapDecay, _ sigmaDecay: MapDecay, _ sigma: Double
  ) {
    (self.number, self.cells, self.neighborhood, self.distance) = (number, cells, neighborhood, distance)
    (self.rateDecay, self.sigmaDecay, self.sigma) = (rateDecay, sigmaDecay, sigma)
  }

  func map(_ weights: NDArray) -> SelfOrganizingMap {
    SelfOrganizingMap(
      MapGrid(6, 5, cells: cells), weights: weights, sigma: sigma, learningRate: 0.3, neighborhood: neighborhood,
      distance: distance, sigmaDecay: sigmaDecay, rateDecay: rateDecay)
  }
}

@Suite struct MapTests {
  /// A map that stops after some updates of the 200 over which rate and radius decay: by a watcher, since the maps of
  /// MiniSom are compared step by step.
  @Test(arguments: MapCase.all) func learnsLikeMiniSom(_ row: MapCase) throws {
    var random = Philox(seed: 0)
    let x = reference["som.x"]
    var whole = row.map(reference["som.start"])
    try whole.fit(x, updates: 200, using: &random)
    let error = difference(whole.weights, reference["som.\(row.number).after200"])
    #expect(error < 1e-5)
    // One update of two hundred: with a constant decay the first steps are the same at any total.
    let rate = row.rateDecay(0.3, step: 0, of: 200)
    var first = SelfOrganizingMap(
      whole.grid, weights: reference["som.start"], sigma: row.sigma, learningRate: rate,
      neighborhood: row.neighborhood, distance: row.distance, sigmaDecay: .constant, rateDecay: .constant)
    try first.fit(x, updates: 1, using: &random)
    #expect(difference(first.weights, reference["som.\(row.number).after1"]) < 1e-6)
  }

  @Test(arguments: MapCase.all) func learnsBatchesLikeMiniSom(_ row: MapCase) throws {
    // A Mexican hat has sums that nearly cancel, and MiniSom's own numbers then hang on the last digit.
    guard row.neighborhood != .mexicanHat else { return }
    var map = row.map(reference["som.start"])
    try map.fitBatch(reference["som.x"], epochs: 5)
    #expect(difference(map.weights, reference["som.\(row.number).batch"]) < 1e-5)
  }

  @Test(arguments: MapCase.all) func reportsLikeMiniSom(_ row: MapCase) throws {
    let x = reference["som.x"]
    let map = row.map(reference["som.\(row.number).after200"])
    let errors: [Float] = reference["som.\(row.number).errors"].elements()
    let quantization = try map.quantizationError(of: x)
    let topographic = try map.topographicError(of: x)
    let distortion = try map.distortion(of: x)
    #expect(abs(quantization - Double(errors[0])) < 1e-5)
    #expect(abs(topographic - Double(errors[1])) < 1e-6)
    #expect(abs(distortion - Double(errors[2])) < 1e-4 * abs(Double(errors[2])) + 1e-4)
    #expect(difference(map.distanceMap(), reference["som.\(row.number).map"]) < 1e-5)
    #expect(difference(map.distanceMap(.mean), reference["som.\(row.number).mean"]) < 1e-5)
    let hits = try map.activationResponse(x)
    #expect(difference(hits, reference["som.\(row.number).hits"].cast(to: .float32)) == 0)
    let activation = try map.activate(x.row(3))
    #expect(difference(activation, reference["som.\(row.number).activation"]) < 1e-5)
  }

  @Test func showsEpochsAndFixedPointsLikeMiniSom() throws {
    var random = Philox(seed: 0)
    var map = SelfOrganizingMap(MapGrid(6, 5), weights: reference["som.start"], sigma: 2, learningRate: 0.3)
    try map.fit(reference["som.x"], epochs: 3, fixed: [0: 29, 7: 1], using: &random)
    #expect(difference(map.weights, reference["som.epochs"]) < 1e-5)
  }

  /// Principal components have no sign: a map of MiniSom may be mirrored.
  @Test func beginsOnPrincipalComponentsLikeMiniSom() throws {
    var random = Philox(seed: 0)
    let x = reference["som.x"]
    var map = SelfOrganizingMap(MapGrid(6, 5), features: 4, using: &random)
    try map.initializeByPrincipalComponents(of: x)
    let theirs = reference["som.pca"]
    let mirrored = [theirs, theirs.flipped([0]), theirs.flipped([1]), theirs.flipped([0, 1])]
    #expect(mirrored.contains { difference($0, map.weights) < 1e-4 })
  }

  /// Units that win nothing take the label of the nearest that does, by weights; the smaller label of two as common.
  @Test func unitsAreLabelled() throws {
    let weights = NDArray([0, 1, 5, 5.4, 9, 6.9] as [Float], shape: [2, 3, 1])
    let map = SelfOrganizingMap(MapGrid(2, 3), weights: weights)
    let x = NDArray([0, 0.1, 0.2, 9, 8.8, 5, 5.1] as [Float], shape: [7, 1])
    #expect(try map.unitLabels(x, labels: [3, 3, 2, 7, 4, 6, 6]) == [3, 3, 6, 6, 4, 6])
    #expect(throws: RuleError.self) { try map.unitLabels(x, labels: [1]) }
  }

  @Test func countsWinnersAndLabels() throws {
    let x = reference["som.x"]
    let labels = reference.integers("som.labels")
    let map = MapCase.all[0].map(reference["som.0.after200"])
    let winners = try map.predict(x)
    let samples = try map.winMap(x)
    let counts = try map.labelsMap(x, labels: labels)
    #expect(samples.values.joined().sorted() == Array(0..<40))
    for (unit, members) in samples {
      #expect(members.allSatisfy { winners[$0] == unit })
      #expect(counts[unit] == Dictionary(members.map { (labels[$0], 1) }, uniquingKeysWith: +))
    }
    let nearest = try map.quantization(x)
    let apart: [Float] = (x - nearest).squared().sum(axis: 1).squareRoot().elements()
    let outliers = try map.outliers(x, part: 0.1)
    #expect(Set(outliers) == Set(apart.indices.sorted { apart[$0] > apart[$1] }.prefix(4)))
    let plane = (0..<30).map { Float(map.weights.element($0 * 4 + 2)) }
    #expect(difference(map.componentPlane(2), NDArray(plane)) == 0)
    let (row, column) = try map.winner(x.row(5))
    #expect(row * 5 + column == winners[5])
  }
}
