import Hebb

/// Something that is timed: one training step or one call of a network, on random data.
public struct Workload: Sendable {
  public let name: String
  /// The shape in words.
  public let summary: String
  /// The sizes that can be changed, with the values that the peers use.
  public let sizes: [(name: String, value: Int)]
  /// Builds everything outside of the timed step.
  let prepare: @Sendable (Sizes) -> () -> Void

  /// The sizes of one measurement.
  struct Sizes {
    let values: [String: Int]
    subscript(name: String) -> Int { values[name] ?? 0 }
  }

  /// The step to be timed.
  ///
  /// - Parameter changes: sizes other than the peers'; names that this workload lacks are ignored.
  public func step(changing changes: [String: Int] = [:]) -> () -> Void {
    var values = Dictionary(uniqueKeysWithValues: sizes.map { ($0.name, $0.value) })
    for (name, value) in changes where values[name] != nil { values[name] = value }
    return prepare(Sizes(values: values))
  }

  /// All workloads, in the order of the peers' script.
  public static let all: [Workload] = training + sequences + lines + inference + [writing, reading] + arithmetic + rules
}
