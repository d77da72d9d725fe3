import HebbArrays

/// Samples that are shown in their order, pass by pass, until a pass changes nothing. Progress is told some hundred times a
/// pass, with the number of categories.
struct ResonancePasses {
  let rows: Int
  let passes: Int
  /// Whether a pass that changes nothing is the last.
  var endsWhenStable = true
  let checkpoint: RuleCheckpoint?
  let progress: RuleWatcher?

  /// - Parameters:
  ///   - network: what learns.
  ///   - learn: a sample; gives its category and whether anything changed.
  ///   - count: how many categories there are.
  /// - Returns: the categories of the last pass.
  func run<Network: RuleModel>(
    _ network: inout Network, _ terms: [RuleCheckpoint.Term],
    learn: (inout Network, Int) -> (category: Int?, changes: Bool), count: (Network) -> Int
  ) throws(RuleError) -> [Int?] {
    require(passes > 0, "\(passes) passes")
    let steps = passes * rows
    var found = [Int32](repeating: -1, count: rows)
    var (done, changes) = (0, false)
    try checkpoint?.begin(Network.kind, terms) { (state) throws(DataError) in
      network = try state.model()
      found = try state.array("found", [rows], .int32).elements()
      (done, changes) = (try state.done(of: steps), try state.integer("changes", in: 0...1) == 1)
    }
    let every = max(1, rows / 100)
    while done < steps {
      let row = done % rows
      if row == 0 { changes = false }
      let result = learn(&network, row)
      found[row] = Int32(result.category ?? -1)
      if result.changes { changes = true }
      done += 1
      if row + 1 == rows, endsWhenStable, !changes { done = steps }
      if row % every == 0 || row + 1 == rows {
        progress?(RuleProgress(step: done, steps: steps, value: Double(count(network))))
      }
      try checkpoint?.pass(done, of: steps) {
        var state = RuleState(training: network, done: done, Philox(seed: 0))
        state.arrays.append(("found", NDArray(found)))
        state.settings.append(("changes", .integer(changes ? 1 : 0)))
        return state
      }
    }
    return found.map { $0 < 0 ? nil : Int($0) }
  }
}
