import HebbArrays
import HebbData
import HebbFiles
import HebbRules
import HebbTesting
import Testing

/// Maps of real data beside MiniSom's with the same grid, start, order, neighbourhood and number of updates: the same on
/// the way, and no worse at the end. What MiniSom gave is made by `Reference/maps.py`.
@Suite struct MiniSomTests {
  private static let reference = Reference("HebbRulesTests/Reference/maps")
  private static let decays = [("asymptotic_decay", MapDecay.asymptotic), ("linear_decay_to_zero", .linearToZero)]
  private static let updates = 12_000

  @Test(arguments: decays) func irises(_ name: String, _ decay: MapDecay) throws {
    let start = Self.reference["iris.start"]
    try check("iris.\(name)", Self.reference["iris.x"], start, sigma: 1.84, decay, every: 1)
  }

  /// Runs where the pictures are.
  @Test(arguments: decays) func digits(_ name: String, _ decay: MapDecay) throws {
    let entry = try #require(DatasetCatalog.entry(named: "mnist"))
    let finder = DatasetFinder()
    guard finder.find(entry) != nil else { return }
    let pictures = try finder.load(entry, fetching: false).train.inputs[0..<4_000]
    let x = pictures.cast(to: .float32).reshaped([4_000, 784]) / 255
    let start = x.gathered(rows: NDArray((0..<100).map { Int32(40 * $0) })).reshaped([10, 10, 784])
    try check("mnist.\(name)", x, start, sigma: 2.3, decay, every: 28)
  }

  private func check(
    _ name: String, _ x: NDArray, _ start: NDArray, sigma: Double, _ decay: MapDecay, every: Int
  ) throws {
    let grid = MapGrid(start.shape[0], start.shape[1])
    var random = Philox(seed: 0)
    // Step by step, each with the radius and the rate of its time.
    var weights = start
    for step in 0..<1_000 {
      var map = SelfOrganizingMap(
        grid, weights: weights, sigma: MapDecay.asymptotic(sigma, step: step, of: Self.updates),
        learningRate: decay(0.5, step: step, of: Self.updates), sigmaDecay: .constant, rateDecay: .constant)
      let row = step % x.shape[0]
      try map.fit(x[row..<row + 1], updates: 1, using: &random)
      weights = map.weights
      if let theirs = Self.reference.array("\(name).after\(step + 1)") {
        let error = difference(kept(weights, every), theirs)
        #expect(error < 1e-5, "after \(step + 1): \(error)")
      }
    }
    // All at once.
    var map = SelfOrganizingMap(grid, weights: start, sigma: sigma, learningRate: 0.5, rateDecay: decay)
    try map.fit(x, updates: Self.updates, using: &random)
    let error = difference(kept(map.weights, every), Self.reference["\(name).after\(Self.updates)"])
    #expect(error < 1e-5, "after all: \(error)")
    let theirs: [Float] = Self.reference["\(name).errors"].elements()
    let ours = (try map.quantizationError(of: x), try map.topographicError(of: x))
    #expect(ours.0 <= Double(theirs[0]) + 1e-6, "quantisation \(ours.0), MiniSom \(theirs[0])")
    #expect(ours.1 <= Double(theirs[1]) + 1e-6, "topographic \(ours.1), MiniSom \(theirs[1])")
  }

  /// Every so many features of the weights.
  private func kept(_ weights: NDArray, _ every: Int) -> NDArray {
    let features = weights.shape[2]
    let all = weights.elements(as: Float.self)
    return NDArray(all.indices.filter { $0 % features % every == 0 }.map { all[$0] })
  }
}
