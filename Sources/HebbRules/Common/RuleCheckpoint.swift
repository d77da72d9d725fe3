import HebbArrays

/// Keeps a training by local rules in a file, so that it can be stopped anywhere and gone on with.
///
///     let checkpoint = RuleCheckpoint("map.checkpoint.safetensors")
///     try map.fit(samples, updates: 1_000_000, using: &random, checkpoint: checkpoint)
///
/// and later, with a map and samples that were made in the same way,
///
///     let checkpoint = try RuleCheckpoint(resuming: "map.checkpoint.safetensors")
///     try map.fit(samples, updates: 1_000_000, using: &random, checkpoint: checkpoint)
///
/// `fit` then takes network, random numbers and what else the method keeps from the file. The result is that of a training
/// that was never stopped, bit for bit. One checkpoint serves one call of `fit`.
public final class RuleCheckpoint {
  /// The file that holds the training.
  public let path: String
  private let interval: Duration
  private let shouldStop: () -> Bool
  private var resumed: RuleState?
  private var terms: [Term] = []
  private let clock = ContinuousClock()
  private var saved: ContinuousClock.Instant

  /// Something that a training must not change from its beginning to its end.
  struct Term {
    let name: String
    let value: String
  }

  /// A new training.
  ///
  /// - Parameters:
  ///   - path: of the file, which is written whole or not at all.
  ///   - seconds: how long what was done may be unsaved; the end, and a stop, are always saved.
  ///   - shouldStop: asked after every step; where it says yes, `fit` saves and throws
  ///     ``RuleError/interrupted(step:steps:)``.
  public init(_ path: String, every seconds: Double = 10, stopsWhen shouldStop: @escaping () -> Bool = { false }) {
    require(seconds >= 0, "a checkpoint every \(seconds) seconds")
    (self.path, interval, self.shouldStop) = (path, .seconds(seconds), shouldStop)
    saved = clock.now
  }

  /// The training that a file holds.
  public convenience init(
    resuming path: String, every seconds: Double = 10, stopsWhen shouldStop: @escaping () -> Bool = { false }
  ) throws(DataError) {
    self.init(path, every: seconds, stopsWhen: shouldStop)
    resumed = try RuleState(reading: path)
  }

  /// Begins, or goes back to where the file left off.
  ///
  /// - Parameters:
  ///   - kind: of the network.
  ///   - terms: what must be as it was.
  ///   - restore: takes what the file holds; only called where there is one.
  func begin(
    _ kind: String, _ terms: [Term], restore: (RuleState) throws(DataError) -> Void
  ) throws(RuleError) {
    self.terms = terms
    guard let state = resumed else { return }
    resumed = nil
    do throws(DataError) {
      try state.check(RuleCheckpoint.kind(kind))
      for term in terms {
        let found = state.text("term." + term.name) ?? "none"
        guard found == term.value else {
          throw DataError(
            path, "the run was begun with \(term.name) \(found), not \(term.value)", advice: "begin a new run")
        }
      }
      try restore(state)
    } catch { throw .checkpoint(error) }
  }

  /// A step is done: saves where it is time, and stops where that is asked for.
  func pass(_ done: Int, of steps: Int, _ state: () -> RuleState) throws(RuleError) {
    let stops = done < steps && shouldStop()
    guard stops || done == steps || clock.now - saved >= interval else { return }
    var state = state()
    state.settings += terms.map { ("term." + $0.name, .string($0.value)) }
    do throws(DataError) { try state.write(to: path) } catch { throw .checkpoint(error) }
    saved = clock.now
    if stops { throw .interrupted(step: done, steps: steps) }
  }

  static func kind(_ network: String) -> String { "training of \(network)" }
}

extension [RuleCheckpoint.Term] {
  /// The samples of a training, their labels and how often they are seen.
  static func samples(_ x: NDArray, _ labels: [Int] = [], _ more: KeyValuePairs<String, Any> = [:]) -> Self {
    var prints = [x.fingerprint]
    if !labels.isEmpty { prints.append(NDArray(labels.map { Int32(truncatingIfNeeded: $0) }).fingerprint) }
    let print = prints.map { String($0, radix: 16) }.joined(separator: " ")
    return [.init(name: "samples", value: "\(x.shape) \(print)")]
      + more.map { .init(name: $0.key, value: "\($0.value)") }
  }
}

// MARK: - What a file of a training holds

extension RuleState {
  /// A training under way.
  ///
  /// - Parameters:
  ///   - model: as it is by now.
  ///   - done: steps.
  ///   - random: as it is by now.
  init(training model: some RuleModel, done: Int, _ random: Philox) {
    let state = model.state
    self.init(
      RuleCheckpoint.kind(state.kind), arrays: state.arrays.map { ("model.\($0.name)", $0.value) },
      settings: state.settings.map { ("model.\($0.name)", $0.value) } + [("done", .integer(done))] + random.settings)
  }

  /// The network of a training under way.
  func model<Model: RuleModel>(_ type: Model.Type = Model.self) throws(DataError) -> Model {
    try Model(part("model.", kind: Model.kind))
  }

  /// What lies below a prefix, as a state of its own.
  func part(_ prefix: String, kind: String) -> RuleState {
    var part = RuleState(kind, arrays: [], settings: [])
    for (name, value) in arrays where name.hasPrefix(prefix) {
      part.arrays.append((String(name.dropFirst(prefix.count)), value))
    }
    for (name, value) in settings where name.hasPrefix(prefix) {
      part.settings.append((String(name.dropFirst(prefix.count)), value))
    }
    part.path = path
    return part
  }

  /// How many steps are done.
  func done(of steps: Int) throws(DataError) -> Int { try integer("done", in: 0...steps) }

  /// The random numbers of a training under way.
  func random() throws(DataError) -> Philox {
    let words = ["random.seed", "random.stream", "random.position", "random.half"].compactMap {
      text($0).flatMap { UInt64($0, radix: 16) }
    }
    guard words.count == 4, words[3] <= 1, words[2] >= words[3] else { throw failure("the random numbers are damaged") }
    // Half of a block was taken: the other half comes next.
    var random = Philox(seed: words[0], stream: words[1], position: words[2] - words[3])
    if words[3] == 1 { _ = random.next() }
    return random
  }
}

extension Philox {
  /// The whole state, for a file.
  fileprivate var settings: [(name: String, value: JSON)] {
    var next = self
    _ = next.next()
    let words = [
      ("seed", seed), ("stream", stream), ("position", position), ("half", next.position == position ? 1 : 0),
    ]
    return words.map { ("random.\($0.0)", .string(String($0.1, radix: 16))) }
  }
}
