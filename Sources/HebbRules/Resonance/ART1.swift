import HebbArrays

/// Adaptive resonance for binary samples: a category is the features that all its samples share.
///
///     choice T = L |x ∧ w| / (L − 1 + |w|)        match |x ∧ w| / |x| ≥ ρ        w ← x ∧ w
///
/// The category of the largest choice that matches learns; where none does, the sample founds a new one. A vigilance of
/// 0 makes one category of all that shares a feature; an empty sample matches every category.
///
/// - Source: Carpenter and Grossberg 1987, doi:10.1016/S0734-189X(87)80014-2, in its fast learning form.
public struct ART1: RuleModel {
  public static let kind = "art1"

  /// How many features a sample has.
  public let features: Int
  /// ρ
  public let vigilance: Double
  /// L > 1: the larger, the more a category's size counts.
  public let choice: Double
  var categories: Categories

  /// No categories yet; the vigilance is in 0…1, L above 1.
  public init(features: Int, vigilance: Double, choice: Double = 2) {
    require(features > 0 && vigilance >= 0 && vigilance <= 1, "a vigilance of \(vigilance); it must be in 0…1")
    require(choice > 1 && choice.isFinite, "L is \(choice); it must be above 1")
    (self.features, self.vigilance, self.choice) = (features, vigilance, choice)
    categories = Categories(width: features)
  }

  /// How many categories there are.
  public var categoryCount: Int { categories.count }
  /// `[categories, features]` of 0 and 1.
  public var weights: NDArray { categories.array }

  /// Shows all samples `passes` times, in their order; what was learned before stays.
  ///
  /// - Returns: the category that each sample came to in the last pass.
  @discardableResult
  public mutating func fit(
    _ x: NDArray, passes: Int = 1, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) -> [Int] {
    let x = try RuleSamples.checked(x, "ART 1", features: features, allowed: .binary)
    let plan = ResonancePasses(rows: x.shape[0], passes: passes, checkpoint: checkpoint, progress: progress)
    return try plan.run(&self, .samples(x, [], ["passes": passes])) { network, row in
      let before = network.categories.changes
      let category = network.learn(x.row(row).elements())
      return (category, network.categories.changes != before)
    } count: {
      $0.categoryCount
    }.compactMap { $0 }
  }

  private mutating func learn(_ x: [Float]) -> Int {
    let size = x.reduce(0, +)
    for category in ranked(x) where matches(x, category, size) {
      categories.update(category) { min($1, x[$0]) }
      return category
    }
    categories.append(x)
    return categoryCount - 1
  }

  private func ranked(_ x: [Float]) -> [Int] {
    categories.ranked { w in Float(choice) * overlap(x, w) / (Float(choice) - 1 + w.reduce(0, +)) }
  }

  private func matches(_ x: [Float], _ category: Int, _ size: Float) -> Bool {
    size == 0 || overlap(x, categories[category]) >= Float(vigilance) * size
  }

  private func overlap(_ x: [Float], _ w: ArraySlice<Float>) -> Float { zip(x, w).reduce(0) { $0 + min($1.0, $1.1) } }

  /// The category of each sample; nil where none matches.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int?] {
    let x = try RuleSamples.checked(x, "ART 1", features: features, allowed: .binary)
    return (0..<x.shape[0]).map { row in
      let sample: [Float] = x.row(row).elements()
      let size = sample.reduce(0, +)
      return ranked(sample).first { matches(sample, $0, size) }
    }
  }
}

extension ART1 {
  public var state: RuleState {
    RuleState(
      Self.kind, arrays: [("categories", weights)],
      settings: [
        ("features", .integer(features)), ("vigilance", .number(vigilance)), ("choice", .number(choice)),
      ])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let features = try state.integer("features")
    let (vigilance, choice) = (try state.number("vigilance"), try state.number("choice"))
    guard vigilance >= 0, vigilance <= 1, choice > 1 else { throw state.failure("vigilance or choice is damaged") }
    self.init(features: features, vigilance: vigilance, choice: choice)
    categories = try Categories(state, width: features)
  }
}
