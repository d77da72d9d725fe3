import HebbArrays

/// A classifier of fuzzy categories, each of which stands for one class (simplified fuzzy ARTMAP).
///
/// A category of another class than the sample's is passed over, and the vigilance is raised just above its match for
/// the rest of the search: match tracking. So every sample is learned at first sight, and learning a new class changes no
/// category of an old one.
///
///     var network = FuzzyARTMAP(features: 4, vigilance: 0)
///     try network.fit(scaling(iris.features), labels: iris.labels)
///
/// - Source: Carpenter and others 1992, "Fuzzy ARTMAP", doi:10.1109/72.159059; Kasuba 1993, "Simplified fuzzy ARTMAP".
public struct FuzzyARTMAP: RuleModel {
  public static let kind = "fuzzy-artmap"

  /// The categories.
  public private(set) var resonance: FuzzyART
  /// The class of each.
  public private(set) var labels: [Int] = []
  /// How far above a match the vigilance is raised; below zero it lets equal boxes share samples (MT−).
  public let tracking: Double

  /// No categories yet; vigilance, choice and rate are those of ``FuzzyART``, the tracking lies within ±1.
  public init(
    features: Int, vigilance: Double = 0, choice: Double = 0.01, learningRate: Double = 1, tracking: Double = 1e-6
  ) {
    resonance = FuzzyART(features: features, vigilance: vigilance, choice: choice, learningRate: learningRate)
    require(tracking.isFinite && abs(tracking) < 1, "tracking by \(tracking)")
    self.tracking = tracking
  }

  /// Shows all samples `passes` times, in their order, or until nothing changes; what was learned before stays.
  public mutating func fit(
    _ x: NDArray, labels: [Int], passes: Int = 1, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let samples = try resonance.coded(x)
    try RuleSamples.checked(labels, count: samples.count, "fuzzy ARTMAP")
    let plan = ResonancePasses(rows: samples.count, passes: passes, checkpoint: checkpoint, progress: progress)
    _ = try plan.run(&self, .samples(x, labels, ["passes": passes])) { network, row in
      let before = network.resonance.categories.changes
      network.learn(samples[row], labels[row])
      return (nil, network.resonance.categories.changes != before)
    } count: {
      $0.resonance.categoryCount
    }
  }

  private mutating func learn(_ sample: [Float], _ label: Int) {
    let (known, tracking) = (labels, tracking)
    let category = resonance.learn(sample) { category, match in
      known[category] == label ? nil : match + tracking
    }
    guard category == labels.count else { return }
    if isKnown(category, label) { resonance.categories.removeLast() } else { labels.append(label) }
  }

  /// Whether an older category of the same class has the same numbers. Equal samples of two classes would else add one
  /// whenever they are shown.
  private func isKnown(_ category: Int, _ label: Int) -> Bool {
    let row = resonance.categories[category]
    return labels.indices.contains { labels[$0] == label && resonance.categories[$0].elementsEqual(row) }
  }

  /// The class of each sample's category; nil while there is none.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int?] {
    try resonance.predict(x).map { $0.map { labels[$0] } }
  }
}

extension FuzzyARTMAP {
  public var state: RuleState {
    var state = resonance.state(kind: Self.kind)
    state.arrays.append(("labels", NDArray(labels.map { Int32($0) })))
    state.settings.append(("tracking", .number(tracking)))
    return state
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    resonance = try FuzzyART(part: state)
    tracking = try state.number("tracking")
    labels = try state.array("labels", [resonance.categoryCount], .int32).elements(as: Int32.self).map(Int.init)
    guard abs(tracking) < 1, labels.allSatisfy({ $0 >= 0 }) else {
      throw state.failure("tracking or labels are damaged")
    }
  }
}
