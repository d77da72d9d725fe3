import HebbArrays
import HebbData

extension Dataset {
  /// All samples as a table: normalised `float32`, `[count, features]`; the axes of a picture become one.
  public var features: NDArray { all.inputs.flattened(from: 1) }
}

/// Samples from outside, checked before a network sees them.
enum RuleSamples {
  /// A table `[samples, features]` of finite `float32`.
  ///
  /// - Parameters:
  ///   - features: how many the network has; nil where it takes any.
  ///   - allowed: the values that it knows.
  static func checked(
    _ x: NDArray, _ what: String, features: Int? = nil, allowed: Values = .finite
  ) throws(RuleError) -> NDArray {
    guard x.rank >= 1, x.shape[0] > 0, x.count > 0 else { throw .empty(what) }
    let floats = x.dtype == .float32 ? x : x.cast(to: .float32)
    let table = x.rank == 2 ? floats : floats.reshaped([x.shape[0], x.count / x.shape[0]])
    let width = table.shape[1]
    if let features, width != features { throw .features(what, expected: features, found: width) }
    if !table.allFinite {
      let place = table.read { (x: UnsafeBufferPointer<Float>) in x.firstIndex { !$0.isFinite } } ?? 0
      throw .notFinite(what, row: place / width, column: place % width)
    }
    let wrong: (place: Int, value: Float)? = table.read { (x: UnsafeBufferPointer<Float>) in
      allowed.isAll ? nil : x.firstIndex { !allowed.contains($0) }.map { ($0, x[$0]) }
    }
    if let wrong {
      throw .value(
        what, row: wrong.place / width, column: wrong.place % width, found: wrong.value, allowed: allowed.words)
    }
    return table
  }

  /// Labels for samples, each within the classes.
  static func checked(_ labels: [Int], count: Int, classes: Int? = nil, _ what: String) throws(RuleError) {
    guard labels.count == count else {
      throw .labels(what, problem: "\(labels.count) labels for \(count) samples; give one label each")
    }
    guard let wrong = labels.firstIndex(where: { $0 < 0 || $0 >= classes ?? Int.max }) else { return }
    let bound = classes.map { "below \($0)" } ?? "0 or more"
    throw .labels(what, problem: "label \(wrong) is \(labels[wrong]); a label must be \(bound)")
  }

  /// The values that a network knows.
  enum Values {
    case finite, positive, binary, bipolar, ternary, unit

    var isAll: Bool { self == .finite }
    func contains(_ x: Float) -> Bool {
      switch self {
      case .finite: x.isFinite
      case .positive: x >= 0
      case .binary: x == 0 || x == 1
      case .bipolar: x == -1 || x == 1
      case .ternary: x == -1 || x == 0 || x == 1
      case .unit: x >= 0 && x <= 1
      }
    }
    var words: String {
      switch self {
      case .finite: "finite"
      case .positive: "0 or more"
      case .binary: "0 or 1"
      case .bipolar: "−1 or 1"
      case .ternary: "−1, 0 or 1"
      case .unit: "from 0 to 1"
      }
    }
  }
}
