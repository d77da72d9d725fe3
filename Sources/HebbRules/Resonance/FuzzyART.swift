import HebbArrays

/// Fuzzy adaptive resonance: categories are boxes that grow around their samples.
///
///     I = (x, 1 − x)                                  complement coding, x in 0 … 1
///     choice |I ∧ w| / (α + |w|)                      match |I ∧ w| / |I| ≥ ρ
///     w ← β (I ∧ w) + (1 − β) w
///
/// A category is the box from w₁ to 1 − w₂; ρ bounds its size. Categories never shrink their w back, so what was learned
/// stays. A vigilance of 0 makes one category of everything.
///
/// - Source: Carpenter, Grossberg and Rosen 1991, "Fuzzy ART", doi:10.1016/0893-6080(91)90056-B.
public struct FuzzyART: RuleModel {
  public static let kind = "fuzzy-art"

  /// How many features a sample has.
  public let features: Int
  /// ρ
  public let vigilance: Double
  /// α > 0
  public let choice: Double
  /// β; 1 is fast learning.
  public let learningRate: Double
  var categories: Categories

  /// No categories yet; the vigilance is in 0…1, α above 0, β above 0 and at most 1.
  public init(features: Int, vigilance: Double, choice: Double = 0.01, learningRate: Double = 1) {
    require(features > 0 && vigilance >= 0 && vigilance <= 1, "a vigilance of \(vigilance); it must be in 0…1")
    require(choice > 0 && choice.isFinite, "α is \(choice); it must be positive")
    require(learningRate > 0 && learningRate <= 1, "a learning rate of \(learningRate); it must be in 0…1")
    (self.features, self.vigilance, self.choice, self.learningRate) = (features, vigilance, choice, learningRate)
    categories = Categories(width: 2 * features)
  }

  /// How many categories there are.
  public var categoryCount: Int { categories.count }
  /// `[categories, 2 · features]`
  public var weights: NDArray { categories.array }

  /// Shows all samples `passes` times, in their order, or until nothing changes; what was learned before stays.
  ///
  /// - Returns: the category that each sample came to in the last pass.
  @discardableResult
  public mutating func fit(
    _ x: NDArray, passes: Int = 1, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) -> [Int] {
    let samples = try coded(x)
    let plan = ResonancePasses(rows: samples.count, passes: passes, checkpoint: checkpoint, progress: progress)
    return try plan.run(&self, .samples(x, [], ["passes": passes])) { network, row in
      let before = network.categories.changes
      let category = network.learn(samples[row]) { _, _ in nil }
      return (category, network.categories.changes != before)
    } count: {
      $0.categoryCount
    }.compactMap { $0 }
  }

  /// One sample.
  ///
  /// - Parameter reset: asked whether a category that matches may have the sample: nil if it may, else the vigilance that
  ///   the search goes on with.
  mutating func learn(_ sample: [Float], reset: (_ category: Int, _ match: Double) -> Double?) -> Int {
    var vigilance = self.vigilance
    for category in ranked(sample) {
      let match = match(sample, category)
      guard match >= vigilance else { continue }
      if let raised = reset(category, match) {
        vigilance = raised
        if vigilance > 1 { break }
        continue
      }
      let rate = Float(learningRate)
      categories.update(category) { i, w in rate * min(w, sample[i]) + (1 - rate) * w }
      return category
    }
    categories.append(sample)
    return categoryCount - 1
  }

  func ranked(_ sample: [Float]) -> [Int] {
    categories.ranked { w in
      Float(FuzzyART.overlap(sample, w) / (choice + w.reduce(0.0) { $0 + Double($1) }))
    }
  }

  func match(_ sample: [Float], _ category: Int) -> Double {
    FuzzyART.overlap(sample, categories[category]) / Double(features)
  }

  private static func overlap(_ x: [Float], _ w: ArraySlice<Float>) -> Double {
    zip(x, w).reduce(0.0) { $0 + Double(min($1.0, $1.1)) }
  }

  /// Samples with their complements.
  func coded(_ x: NDArray) throws(RuleError) -> [[Float]] {
    let x = try RuleSamples.checked(x, "fuzzy ART", features: features, allowed: .unit)
    return (0..<x.shape[0]).map { row in
      let sample: [Float] = x.row(row).elements()
      return sample + sample.map { 1 - $0 }
    }
  }

  /// The category of each sample, that of the largest choice; nil while there is none.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int?] { try coded(x).map { ranked($0).first } }
}

extension FuzzyART {
  public var state: RuleState { state(kind: Self.kind) }

  func state(kind: String) -> RuleState {
    RuleState(
      kind, arrays: [("categories", weights)],
      settings: [
        ("features", .integer(features)), ("vigilance", .number(vigilance)), ("choice", .number(choice)),
        ("learningRate", .number(learningRate)),
      ])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    try self.init(part: state)
  }

  init(part state: RuleState) throws(DataError) {
    let features = try state.integer("features")
    let (vigilance, choice) = (try state.number("vigilance"), try state.number("choice"))
    let rate = try state.number("learningRate")
    guard (0...1).contains(vigilance), choice > 0, rate > 0, rate <= 1 else {
      throw state.failure("a setting is out of range")
    }
    self.init(features: features, vigilance: vigilance, choice: choice, learningRate: rate)
    categories = try Categories(state, width: 2 * features)
  }
}
