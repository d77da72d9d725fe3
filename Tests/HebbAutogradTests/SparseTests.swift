import HebbArrays
import HebbAutograd
import HebbTesting
import Testing

/// Products along the edges of graphs, and the fused walk through time (float32) against the same written out (float64).
@Suite struct SparseTests {
  /// Eleven nodes of which one has no edges; a rectangle; a larger graph.
  static let small = graph(nodes: 11, edges: 30)
  static let large = graph(nodes: 130, edges: 900)

  static func graph(nodes: Int, edges: Int) -> SparseMatrix {
    SparseMatrix(
      rowCount: nodes, columnCount: nodes,
      entries: (0..<edges).map { ($0 * 7 % (nodes - 1), ($0 * $0 + 3 * $0) % (nodes - 1), Float($0 % 5 + 1) / 3) })
  }

  static let rectangle = SparseMatrix(
    rowCount: 3, columnCount: 5, entries: [(0, 4, 2), (2, 0, -1), (2, 3, 0.5), (2, 0, 0.25)])

  static let products: [OpCase] = [
    OpCase("sparse", [[2, 11, 3]], others: [[[11, 1]], [[0, 11, 4]], [[3, 2, 11, 70]], [[11, 0]]]) {
      $0[0].multiplied(onLeft: small)
    },
    OpCase("sparse large", [[4, 130, 83]]) { $0[0].multiplied(onLeft: large) },
    OpCase("sparse rectangle", [[2, 5, 3]]) { $0[0].multiplied(onLeft: rectangle) },
    OpCase("diffused", [[2, 11, 3]], others: [[[11, 17]]]) {
      $0[0].diffused(by: SparseDiffusion([small.walk, small.reverseWalk], steps: 3))
    },
    OpCase("diffused without self", [[2, 11, 3]]) {
      $0[0].diffused(by: SparseDiffusion([small.symmetricallyNormalized], steps: 1, includesSelf: false))
    },
  ]

  /// A row: the tensors are x, the weights and biases of gates and candidate, then the first state.
  static func row(
    _ name: String, _ graph: SparseMatrix, batch: Int, time: Int, inputs: Int, units: Int, steps: Int = 2,
    isPlain: Bool = false, from start: Bool = false, lengths: [Int32]? = nil, reversed: Bool = false,
    results: ClosedRange<Int> = 0...1
  ) -> OpCase {
    let diffusion =
      isPlain
      ? SparseDiffusion([graph.symmetricallyNormalized], steps: 1, includesSelf: false)
      : SparseDiffusion([graph.walk, graph.reverseWalk], steps: steps)
    let (nodes, rows) = (graph.rowCount, diffusion.terms * (inputs + units))
    let shapes: [Shape] =
      [[batch, time, nodes, inputs], [rows, 2 * units], [2 * units], [rows, units], [units]]
      + (start ? [[batch, nodes, units]] : [])
    return OpCase(name, shapes) { x in
      let weights = SparseRecurrentWeights(
        gates: x[1] * 0.1, gateBias: x[2], candidate: x[3] * 0.1, candidateBias: x[4])
      let result = x[0].recurrent(
        on: diffusion, weights, hidden: start ? x[5] : nil, lengths: lengths.map { NDArray($0) }, isReversed: reversed)
      return .concatenated(
        [result.outputs, result.hidden][results].map { $0.reshaped([$0.value.count]) }, axis: 0)
    }
  }

  static let recurrences: [OpCase] = [
    row("plain", small, batch: 3, time: 4, inputs: 2, units: 5, results: 0...0),
    row("from a state", small, batch: 2, time: 3, inputs: 2, units: 5, from: true),
    row("last state alone", small, batch: 2, time: 3, inputs: 1, units: 3, from: true, results: 1...1),
    row("whole vectors", small, batch: 2, time: 3, inputs: 16, units: 16, steps: 1, from: true),
    row("three steps", small, batch: 2, time: 3, inputs: 2, units: 18, steps: 3),
    row("one matrix", small, batch: 2, time: 4, inputs: 2, units: 7, isPlain: true),
    row("one matrix from a state", small, batch: 2, time: 3, inputs: 3, units: 16, isPlain: true, from: true),
    row("lengths", small, batch: 4, time: 4, inputs: 2, units: 5, from: true, lengths: [2, 4, 0, 1]),
    row("lengths reversed", small, batch: 3, time: 4, inputs: 2, units: 5, lengths: [2, 4, 1], reversed: true),
    row("reversed", small, batch: 2, time: 3, inputs: 2, units: 5, from: true, reversed: true),
    row("one step", small, batch: 1, time: 1, inputs: 2, units: 5, from: true),
    row("no step", small, batch: 2, time: 0, inputs: 2, units: 4, from: true),
    row("no sample", small, batch: 0, time: 2, inputs: 2, units: 4),
    row("many samples", small, batch: 35, time: 2, inputs: 2, units: 5),
    row("many nodes", large, batch: 2, time: 2, inputs: 2, units: 8),
  ]

  @Test(arguments: products + recurrences) func isRight(_ row: OpCase) {
    for problem in checkOp(row) { Issue.record("\(problem)") }
  }

  /// The dense product and the transposed matrix, in float64.
  @Test(arguments: [small, large, rectangle]) func isTheDenseProduct(_ matrix: SparseMatrix) {
    let dense = matrix.dense.cast(to: .float64)
    let x = wave([matrix.columnCount, 4], phase: 3)
    let problem = distance(matrix.multiplied(by: x), from: dense.matmul(x), allowed: 1e-13)
    #expect(problem == nil, "\(problem ?? "")")
    #expect(matrix.transposed.dense.fingerprint == matrix.dense.transposed().fingerprint)
    #expect(SparseMatrix(matrix.dense).dense.fingerprint == matrix.dense.fingerprint)
  }

  /// Two walks of a star with a node by itself, by hand.
  @Test func walksOfAStar() {
    let star = SparseMatrix(edges: [(0, 1), (0, 2)], weights: [1, 3], nodes: 4)
    #expect(star.walk.dense.elements(as: Float.self) == [0, 0.25, 0.75, 0] + [Float](repeating: 0, count: 12))
    #expect(
      star.reverseWalk.entries.map { [Float($0.row), Float($0.column), $0.value] } == [[1, 0, 1], [2, 0, 1]])
    #expect(star.isolatedNodes == [3])
    let whole = SparseMatrix(edges: [(0, 1), (1, 0), (0, 2), (2, 0)], nodes: 4).symmetricallyNormalized
    let root = Float(1 / 6.0.squareRoot())
    #expect(whole.entries.map(\.value) == [Float(1 / 3.0), root, root, root, 0.5, root, 0.5, 1])
    #expect(SparseMatrix(NDArray([0.1, -0.5, 0.3, 0] as [Float], shape: [2, 2]), above: 0.2).entryCount == 2)
  }
}
