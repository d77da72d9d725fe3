import HebbArrays

extension HopfieldNetwork {
  /// How units are updated.
  public enum Mode: Sendable {
    /// All at once. It may end in a cycle of two states.
    case synchronous
    /// One after the other in random order, each seeing the others' new states: the energy never rises.
    case asynchronous
  }

  /// What recall came to.
  public struct Recall: Sendable {
    /// `[count, units]` of ±1.
    public let states: NDArray
    /// The energy of each state before the first and after every sweep, by sweep; empty unless asked for.
    public let energies: [[Double]]
    /// How many sweeps were made.
    public let sweeps: Int
    /// Whether the last sweep changed nothing.
    public let isStable: Bool
  }

  /// Repairs states `[count, units]` of ±1 (0 where a unit is unknown).
  ///
  /// - Parameters:
  ///   - known: `[units]`, 1 where a unit is given and stays, 0 where it is sought, whatever it is at first; all are given,
  ///     and may change, unless it is there.
  ///   - sweeps: how often every unit is updated at most.
  ///   - stopsWhenStable: whether to stop after a sweep without a change; else all sweeps are made.
  ///   - watcher: sees the states before the first and after every sweep.
  public func recall(
    _ x: NDArray, known: NDArray? = nil, mode: Mode = .synchronous, sweeps: Int = 10, stopsWhenStable: Bool = true,
    tracesEnergy: Bool = false, using random: inout Philox, progress: RuleWatcher? = nil,
    watcher: ((NDArray) -> Void)? = nil
  ) throws(RuleError) -> Recall {
    let start = try RuleSamples.checked(x, "the Hopfield network", features: units, allowed: .ternary)
    if let known { require(known.shape == [units], "a mask of \(known.shape) for \(units) units") }
    require(sweeps > 0, "\(sweeps) sweeps")
    let given = known.map { start * $0 } ?? start
    let sought = known.map { 1 - $0 }
    let isSought: [Bool]? = known?.elements(as: Float.self).map { $0 == 0 }
    var s = given
    watcher?(s)
    var trace: [[Double]] = tracesEnergy ? [energies(s)] : []
    var isStable = false
    var made = 0
    let weights = mode == .asynchronous ? self.weights : nil
    while made < sweeps, !(isStable && stopsWhenStable) {
      let before = s
      if let weights {
        let order: [Int32] = NDArray.permutation(units, using: &random).elements()
        sweep(&s, weights, isSought.map { isSought in order.filter { isSought[Int($0)] } } ?? order)
      } else {
        let signs = fields(s).greaterOrEqual(to: 0) * 2 - 1
        s = sought.map { given + signs * $0 } ?? signs
      }
      made += 1
      watcher?(s)
      if stopsWhenStable || made == sweeps { isStable = s.fingerprint == before.fingerprint }
      if tracesEnergy { trace.append(energies(s)) }
      progress?(RuleProgress(step: made, steps: sweeps, value: trace.last?.first))
    }
    return Recall(states: s, energies: trace, sweeps: made, isStable: isStable)
  }

  /// Updates the units of every state in one order. The fields are kept and changed by a column of W where a unit flips.
  private func sweep(_ states: inout NDArray, _ weights: NDArray, _ order: [Int32]) {
    let (n, count) = (units, states.shape[0])
    var fields = fields(states)
    weights.read { (w: UnsafeBufferPointer<Float>) in
      fields.mutate { (h: UnsafeMutableBufferPointer<Float>) in
        states.mutate { (s: UnsafeMutableBufferPointer<Float>) in
          guard let s = s.baseAddress, let h = h.baseAddress, let w = w.baseAddress else { return }
          ThreadPool.shared.run(count) { state in
            let (s, h) = (s + state * n, h + state * n)
            for unit in order {
              let i = Int(unit)
              let new: Float = h[i] >= 0 ? 1 : -1
              let change = new - s[i]
              guard change != 0 else { continue }
              s[i] = new
              let row = w + i * n
              for j in 0..<n { h[j] = h[j].addingProduct(change, row[j]) }
            }
          }
        }
      }
    }
  }

  /// The energy of each state.
  public func energies(_ s: NDArray) -> [Double] {
    let s = s.reshaped([s.count / units, units])
    let h = fields(s)
    // E = −½ s·(h + θ) + θ·s = −½ (s·h − θ·s)
    let pull: [Float] = ((h - thresholds) * s).sum(axis: 1).elements()
    return pull.map { -0.5 * Double($0) }
  }
}
