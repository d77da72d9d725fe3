import HebbArrays

/// Adaptive resonance for samples of numbers that count by their direction: ART 2-A.
///
///     I = N(F(N x))        N: to length 1, F: what is at or below θ becomes 0
///     choice: I·w of a category, α Σ I of a new one        match: choice ≥ ρ
///     w ← N(β N Ψ + (1 − β) w),     Ψᵢ = Iᵢ where wᵢ > θ, else 0
///
/// Samples must not be negative. One without any feature above θ belongs nowhere.
///
/// - Source: Carpenter, Grossberg and Rosen 1991, "ART 2-A", doi:10.1016/0893-6080(91)90045-7.
public struct ART2: RuleModel {
  public static let kind = "art2"

  /// How many features a sample has.
  public let features: Int
  /// ρ
  public let vigilance: Double
  /// α ≤ 1/√features: how easily a sample founds a category.
  public let choice: Double
  /// β
  public let learningRate: Double
  /// θ < 1/√features: what is noise.
  public let threshold: Double
  var categories: Categories

  /// No categories yet.
  ///
  /// - Parameters:
  ///   - features: of a sample.
  ///   - vigilance: ρ in 0…1.
  ///   - choice: α in 0…1/√features; half of that unless given.
  ///   - learningRate: β, above 0 and at most 1.
  ///   - threshold: θ, 0 or more and below 1/√features.
  public init(
    features: Int, vigilance: Double, choice: Double? = nil, learningRate: Double = 0.1, threshold: Double = 0
  ) {
    require(features > 0 && vigilance >= 0 && vigilance <= 1, "a vigilance of \(vigilance); it must be in 0…1")
    let bound = 1 / Double(features).squareRoot()
    let choice = choice ?? bound / 2
    require(choice >= 0 && choice <= bound, "α is \(choice); it must be in 0…\(bound)")
    require(learningRate > 0 && learningRate <= 1, "a learning rate of \(learningRate); it must be in 0…1")
    require(threshold >= 0 && threshold < bound, "θ is \(threshold); it must be below \(bound)")
    (self.features, self.vigilance, self.choice) = (features, vigilance, choice)
    (self.learningRate, self.threshold) = (learningRate, threshold)
    categories = Categories(width: features)
  }

  /// How many categories there are.
  public var categoryCount: Int { categories.count }
  /// `[categories, features]`, each of length 1.
  public var weights: NDArray { categories.array }

  /// Shows all samples `passes` times, in their order; what was learned before stays.
  ///
  /// - Returns: the category that each sample came to in the last pass, nil where it belongs nowhere.
  @discardableResult
  public mutating func fit(
    _ x: NDArray, passes: Int = 1, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) -> [Int?] {
    let samples = try prepared(x)
    let plan = ResonancePasses(
      rows: samples.count, passes: passes, endsWhenStable: false, checkpoint: checkpoint, progress: progress)
    return try plan.run(&self, .samples(x, [], ["passes": passes])) { network, row in
      (samples[row].map { network.learn($0) }, true)
    } count: {
      $0.categoryCount
    }
  }

  private mutating func learn(_ x: [Float]) -> Int {
    if let (category, value) = best(x), value >= Float(choice) * x.reduce(0, +), value >= Float(vigilance) {
      let w = Array(categories[category])
      let psi = ART2.normalized(zip(x, w).map { $1 > Float(threshold) ? $0 : 0 }) ?? w
      let rate = Float(learningRate)
      let new = ART2.normalized(zip(psi, w).map { rate * $0 + (1 - rate) * $1 }) ?? w
      categories.update(category) { i, _ in new[i] }
      return category
    }
    categories.append(x)
    return categoryCount - 1
  }

  private func best(_ x: [Float]) -> (category: Int, value: Float)? {
    var best: (category: Int, value: Float)?
    for category in 0..<categoryCount {
      let value = zip(x, categories[category]).reduce(Float(0)) { $0 + $1.0 * $1.1 }
      if value > best?.value ?? -1 { best = (category, value) }
    }
    return best
  }

  /// The category of each sample; nil where none matches.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int?] {
    try prepared(x).map { sample in
      guard let sample, let (category, value) = best(sample), value >= Float(vigilance) else { return nil }
      return category
    }
  }

  private func prepared(_ x: NDArray) throws(RuleError) -> [[Float]?] {
    let x = try RuleSamples.checked(x, "ART 2", features: features, allowed: .positive)
    return (0..<x.shape[0]).map { row in
      guard let sample = ART2.normalized(x.row(row).elements()) else { return nil }
      return ART2.normalized(sample.map { $0 > Float(threshold) ? $0 : 0 })
    }
  }

  /// To length 1; nil for zeros.
  private static func normalized(_ x: [Float]) -> [Float]? {
    let square = x.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard square > 0 else { return nil }
    let scale = 1 / square.squareRoot()
    return x.map { Float(Double($0) * scale) }
  }
}

extension ART2 {
  public var state: RuleState {
    RuleState(
      Self.kind, arrays: [("categories", weights)],
      settings: [
        ("features", .integer(features)), ("vigilance", .number(vigilance)), ("choice", .number(choice)),
        ("learningRate", .number(learningRate)), ("threshold", .number(threshold)),
      ])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let features = try state.integer("features")
    let (vigilance, choice) = (try state.number("vigilance"), try state.number("choice"))
    let (rate, threshold) = (try state.number("learningRate"), try state.number("threshold"))
    let bound = 1 / Double(features).squareRoot()
    guard (0...1).contains(vigilance), (0...bound).contains(choice), rate > 0, rate <= 1, threshold >= 0,
      threshold < bound
    else { throw state.failure("a setting is out of range") }
    self.init(
      features: features, vigilance: vigilance, choice: choice, learningRate: rate, threshold: threshold)
    categories = try Categories(state, width: features)
  }
}
