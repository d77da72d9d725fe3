import HebbArrays
import HebbAutograd
import HebbTesting
import Testing

/// The fused walk through time (float32) against the same written out step by step (float64).
@Suite struct RecurrentTests {
  /// A row: the tensors are x, U, W, b, then what the cell has besides, then the first state.
  static func row(
    _ name: String, _ cell: Recurrence.Cell, batch: Int, time: Int, inputs: Int, units: Int, outputs: Int? = nil,
    peephole: Bool = false, from start: Bool = false, lengths: [Int32]? = nil, reversed: Bool = false,
    results: ClosedRange<Int> = 0...2
  ) -> OpCase {
    let (width, h) = (cell.gates * units, outputs ?? units)
    var shapes: [Shape] = [[batch, time, inputs], [inputs, width], [h, width], [width]]
    if cell == .gru { shapes.append([units]) }
    if peephole { shapes.append([3 * units]) }
    if outputs != nil { shapes.append([units, h]) }
    if start { shapes += cell == .lstm ? [[batch, h], [batch, units]] : [[batch, h]] }
    return OpCase(name, shapes) { tensors in
      var next = tensors.dropFirst(4).makeIterator()
      // Sums of many terms are kept in the range where gates are not all shut.
      var weights = RecurrentWeights(input: tensors[1] * 0.3, state: tensors[2] * 0.2, bias: tensors[3])
      if cell == .gru { weights.candidateBias = next.next() }
      if peephole { weights.peephole = next.next() }
      if outputs != nil { weights.projection = next.next() }
      let (hidden, memory) = (start ? next.next() : nil, start && cell == .lstm ? next.next() : nil)
      let result = tensors[0].recurrent(
        cell, weights, hidden: hidden, memory: memory, lengths: lengths.map { NDArray($0) }, isReversed: reversed)
      let all = [result.outputs, result.hidden] + (result.memory.map { [$0] } ?? [])
      let wanted = results.clamped(to: 0...all.count - 1)
      return .concatenated(all[wanted].map { $0.reshaped([$0.value.count]) }, axis: 0)
    }
  }

  static let cells: [(String, Recurrence.Cell)] = [("tanh", .tanh), ("relu", .relu), ("lstm", .lstm), ("gru", .gru)]

  static let rows: [OpCase] =
    cells.flatMap { name, cell in
      [
        row("\(name) plain", cell, batch: 3, time: 4, inputs: 2, units: 5, results: 0...0),
        row("\(name) from a state", cell, batch: 3, time: 4, inputs: 2, units: 5, from: true),
        row("\(name) last state alone", cell, batch: 2, time: 3, inputs: 2, units: 3, from: true, results: 1...2),
        row("\(name) reversed", cell, batch: 2, time: 5, inputs: 3, units: 17, from: true, reversed: true),
        row("\(name) lengths", cell, batch: 4, time: 4, inputs: 2, units: 5, from: true, lengths: [2, 4, 0, 1]),
        row(
          "\(name) lengths reversed", cell, batch: 4, time: 4, inputs: 2, units: 16, from: true, lengths: [2, 3, 0, 1],
          reversed: true),
        row("\(name) one step", cell, batch: 1, time: 1, inputs: 3, units: 32, from: true),
        row("\(name) no step", cell, batch: 2, time: 0, inputs: 3, units: 4, from: true),
        row("\(name) no sequence", cell, batch: 0, time: 2, inputs: 3, units: 4),
        row("\(name) large", cell, batch: 37, time: 6, inputs: 20, units: 48),
      ]
    } + [
      row("peephole", .lstm, batch: 3, time: 4, inputs: 2, units: 5, peephole: true),
      row(
        "peephole lengths", .lstm, batch: 3, time: 4, inputs: 2, units: 20, peephole: true, from: true,
        lengths: [1, 4, 2], reversed: true),
      row("projection", .lstm, batch: 3, time: 4, inputs: 2, units: 7, outputs: 3),
      row(
        "projection lengths", .lstm, batch: 3, time: 4, inputs: 2, units: 18, outputs: 5, from: true,
        lengths: [1, 4, 2]
      ),
      row(
        "projection reversed", .lstm, batch: 3, time: 4, inputs: 2, units: 16, outputs: 5, from: true,
        lengths: [1, 3, 2], reversed: true),
    ]

  @Test(arguments: rows) func isRight(_ row: OpCase) {
    for problem in checkOp(row) { Issue.record("\(problem)") }
  }
}
