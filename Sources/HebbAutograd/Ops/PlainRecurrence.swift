import HebbArrays

/// A recurrent layer written out step by step in other ops: what it is, slowly. Float64 runs on it.
struct PlainRecurrence {
  private let cell: Recurrence.Cell
  private let weights: RecurrentWeights
  private let lengths: NDArray?
  private let isReversed: Bool
  private let units: Int, outputs: Int

  init(_ cell: Recurrence.Cell, _ weights: RecurrentWeights, lengths: NDArray?, isReversed: Bool) {
    (self.cell, self.weights, self.lengths, self.isReversed) = (cell, weights, lengths, isReversed)
    outputs = weights.state.shape[0]
    units = weights.state.shape[1] / cell.gates
  }

  func run(_ x: Tensor, hidden: Tensor?, memory: Tensor?) -> (outputs: Tensor, hidden: Tensor, memory: Tensor?) {
    let (batch, time) = (x.shape[0], x.shape[1])
    var h = hidden ?? Tensor(.zeros([batch, outputs], dtype: x.dtype))
    var c = memory ?? Tensor(.zeros([batch, units], dtype: x.dtype))
    var results = [Tensor?](repeating: nil, count: time)
    for step in 0..<time {
      let t = isReversed ? time - 1 - step : step
      let input = x.sliced(axis: 1, from: t, to: t + 1).squeezed(1)
      let (newH, newC) = advance(input, h, c)
      guard let lengths else {
        (h, c, results[t]) = (newH, newC, newH)
        continue
      }
      let runs = lengths.cast(to: x.dtype).greater(than: Double(t)).expanded(at: 1)
      (h, c) = (.select(runs, newH, h), .select(runs, newC, c))
      results[t] = .select(runs, newH, Tensor(.zeros(h.shape, dtype: x.dtype)))
    }
    let all = results.compactMap(\.self)
    let sequence = all.isEmpty ? Tensor(.zeros([batch, 0, outputs], dtype: x.dtype)) : .stacked(all, axis: 1)
    return (sequence, h, cell == .lstm ? c : nil)
  }

  /// One step.
  private func advance(_ x: Tensor, _ h: Tensor, _ c: Tensor) -> (Tensor, Tensor) {
    let fromInput = x.linear(weights.input, weights.bias)
    let fromState = h.matmul(weights.state)
    switch cell {
    case .tanh: return ((fromInput + fromState).tanh(), c)
    case .relu: return ((fromInput + fromState).relu(), c)
    case .lstm: return longShortTermMemory(fromInput + fromState, c)
    case .gru:
      let (a, b) = (parts(fromInput), parts(fromState))
      let (r, z) = ((a[0] + b[0]).sigmoid(), (a[1] + b[1]).sigmoid())
      let recurrent = weights.candidateBias.map { b[2] + $0 } ?? b[2]
      let n = (a[2] + r * recurrent).tanh()
      return ((1 - z) * n + z * h, c)
    }
  }

  private func longShortTermMemory(_ sums: Tensor, _ c: Tensor) -> (Tensor, Tensor) {
    var gates = parts(sums)
    let peephole = weights.peephole.map(parts)
    if let peephole {
      gates[0] = gates[0] + peephole[0] * c
      gates[1] = gates[1] + peephole[1] * c
    }
    let memory = gates[1].sigmoid() * c + gates[0].sigmoid() * gates[2].tanh()
    if let peephole { gates[3] = gates[3] + peephole[2] * memory }
    let units = gates[3].sigmoid() * memory.tanh()
    return (weights.projection.map { units.matmul($0) } ?? units, memory)
  }

  /// The last axis cut into pieces of as many as there are units.
  private func parts(_ x: Tensor) -> [Tensor] {
    x.split(Array(repeating: units, count: x.shape.innermost / units), axis: -1)
  }
}
