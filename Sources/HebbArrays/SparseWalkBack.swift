import CHebbKernels

/// The way back through time of a recurrent layer on a graph.
struct SparseWalkBack {
  let layer: SparseRecurrence
  let x: NDArray, hidden: NDArray?
  let trace: SparseTrace
  let upstream: NDArray?, lastHidden: NDArray?
  let wantsWeights: Bool
  let dx: NDArray?, firstHidden: NDArray
  /// The gradients of the weights, one behind the other for each piece.
  let gateParts: Scratch, candidateParts: Scratch, biasParts: Scratch
  private let walks: SparseDiffusion
  /// The weights from the errors of all terms to [x, h], cut at the inputs.
  private let gates: Turned, candidate: Turned

  private struct Turned {
    let inputs: RecurrentMatrix?, state: RecurrentMatrix
    /// `[terms · outputs, inputs + units]`, which the matrices may read from.
    private let weights: NDArray

    init(_ weights: NDArray, _ layer: SparseRecurrence, uses: Int, needsInputs: Bool) {
      let (block, terms, width) = (layer.block, layer.diffusion.terms, weights.shape[1])
      let turned = weights.reshaped([terms, block, width]).transposed([0, 2, 1])
      let (start, lines) = (turned.pointer(to: Float.self), terms * width)
      inputs =
        needsInputs
        ? RecurrentMatrix(start, of: turned.storage, row: block, rows: lines, columns: layer.inputs, uses: uses) : nil
      state = RecurrentMatrix(
        start + layer.inputs, of: turned.storage, row: block, rows: lines, columns: layer.units, uses: uses)
      self.weights = turned
    }
  }

  init(
    layer: SparseRecurrence, x: NDArray, hidden: NDArray?, trace: SparseTrace, upstream: NDArray?,
    lastHidden: NDArray?, wishes: Recurrence.Wishes, pieces: Int
  ) {
    (self.layer, self.x, self.hidden, self.trace) = (layer, x, hidden, trace)
    (self.upstream, self.lastHidden) = (upstream, lastHidden)
    wantsWeights = wishes.contains(.weights)
    let needsInputs = wishes.contains(.x)
    dx = needsInputs ? NDArray(uninitialized: x.shape, .float32) : nil
    firstHidden = NDArray(uninitialized: trace.hidden.shape, .float32)
    let uses = x.shape[0] * x.shape[1] * layer.nodes
    gates = Turned(layer.weights.gates, layer, uses: uses, needsInputs: needsInputs)
    candidate = Turned(layer.weights.candidate, layer, uses: uses, needsInputs: needsInputs)
    walks = layer.diffusion.transposed
    gateParts = Scratch(wantsWeights ? pieces * layer.weights.gates.count : 0)
    candidateParts = Scratch(wantsWeights ? pieces * layer.weights.candidate.count : 0)
    biasParts = Scratch(pieces * 3 * layer.units)
  }

  /// The memory of one piece.
  private struct Room {
    /// δ of r and z, of n, with what the turned walks make of them.
    let gates: Scratch, gatesRow: Int, candidate: Scratch, candidateRow: Int
    /// [x, h] or [x, r ⊙ h].
    let features: Scratch
    let bias: Scratch
    /// The piece's sums.
    let gateSums: UnsafeMutablePointer<Float>, candidateSums: UnsafeMutablePointer<Float>
    let biasSums: UnsafeMutablePointer<Float>
  }

  func run(_ samples: Range<Int>, piece: Int) {
    let (nodes, units) = (layer.nodes, layer.units)
    let blocks = walks.blocks
    let (gateCount, candidateCount) = (layer.weights.gates.count, layer.weights.candidate.count)
    // The tiles read whole vectors of the last row, too.
    let room = Room(
      gates: Scratch(nodes * (blocks * 2 * units + 16) + 16), gatesRow: blocks * 2 * units + 16,
      candidate: Scratch(nodes * (blocks * units + 16) + 16), candidateRow: blocks * units + 16,
      features: Scratch(nodes * layer.block), bias: Scratch(3 * units),
      gateSums: gateParts.floats + (wantsWeights ? piece * gateCount : 0),
      candidateSums: candidateParts.floats + (wantsWeights ? piece * candidateCount : 0),
      biasSums: biasParts.floats + piece * 3 * units)
    if wantsWeights {
      room.gateSums.update(repeating: 0, count: gateCount)
      room.candidateSums.update(repeating: 0, count: candidateCount)
    }
    room.biasSums.update(repeating: 0, count: 3 * units)
    for sample in samples { run(sample, room) }
  }

  private func run(_ sample: Int, _ room: Room) {
    let time = x.shape[1]
    let size = layer.nodes * layer.units
    let length = layer.length(sample, time)
    let error = firstHidden.mutablePointer(to: Float.self) + sample * size
    if let lastHidden {
      error.update(from: lastHidden.pointer(to: Float.self) + sample * size, count: size)
    } else {
      error.update(repeating: 0, count: size)
    }
    for step in (0..<length).reversed() {
      let t = layer.time(of: step, length: length)
      let before = layer.time(of: step - 1, length: length)
      let place = sample * time + t
      var cell = hebb_graph_cell_gradient()
      (cell.rows, cell.units) = (layer.nodes, layer.units)
      cell.gates = trace.gates.map { $0.pointer(to: Float.self) + place * 3 * size }
      cell.gates_row = 3 * layer.units
      cell.hidden =
        step == 0
        ? hidden.map { $0.pointer(to: Float.self) + sample * size }
        : trace.outputs.pointer(to: Float.self) + (sample * time + before) * size
      cell.hidden_row = layer.units
      (cell.upstream, cell.upstream_row) = (upstream.map { $0.pointer(to: Float.self) + place * size }, layer.units)
      (cell.error, cell.error_row) = (error, layer.units)
      stepBack(&cell, place, room)
    }
    guard let dx, length < time else { return }
    let row = layer.nodes * layer.inputs
    (dx.mutablePointer(to: Float.self) + (sample * time + length) * row)
      .update(repeating: 0, count: (time - length) * row)
  }

  private func stepBack(_ cell: inout hebb_graph_cell_gradient, _ place: Int, _ room: Room) {
    let (nodes, units, inputs, block) = (layer.nodes, layer.units, layer.inputs, layer.block)
    let features = room.features.floats
    (cell.reset, cell.reset_row) = (features + inputs, block)
    (cell.gate_deltas, cell.gate_deltas_row) = (room.gates.floats, room.gatesRow)
    (cell.candidate_deltas, cell.candidate_deltas_row) = (room.candidate.floats, room.candidateRow)
    cell.bias = room.bias.floats
    room.bias.floats.update(repeating: 0, count: 3 * units)
    // Nothing flows into a state that is not there.
    let hasState = cell.hidden != nil
    SparseRecurrence.kernels.update_gradient(&cell)
    walks.spread(room.candidate.floats, row: room.candidateRow, block: units, width: units)
    let candidateErrors = room.candidate.floats + walks.firstTerm(block: units)
    if hasState {
      candidate.state.multiply(
        candidateErrors, row: room.candidateRow, rows: nodes, into: features + inputs, row: block, adding: false)
    }
    SparseRecurrence.kernels.gates_gradient(&cell)
    walks.spread(room.gates.floats, row: room.gatesRow, block: 2 * units, width: 2 * units)
    let gateErrors = room.gates.floats + walks.firstTerm(block: 2 * units)
    if hasState {
      gates.state.multiply(gateErrors, row: room.gatesRow, rows: nodes, into: cell.error, row: units, adding: true)
    }
    let step = place * nodes * inputs
    if let dx = dx?.mutablePointer(to: Float.self), let fromGates = gates.inputs, let fromCandidate = candidate.inputs {
      fromGates.multiply(gateErrors, row: room.gatesRow, rows: nodes, into: dx + step, row: inputs, adding: false)
      fromCandidate.multiply(
        candidateErrors, row: room.candidateRow, rows: nodes, into: dx + step, row: inputs, adding: true)
    }
    guard wantsWeights else { return }
    for unit in 0..<3 * units { room.biasSums[unit] += room.bias.floats[unit] }
    layer.copy(x.pointer(to: Float.self) + step, width: inputs, to: features, row: block)
    let rows = hasState ? block : inputs
    add(features, rows, candidateErrors, room.candidateRow, columns: walks.terms * units, to: room.candidateSums)
    if let hidden = cell.hidden { layer.copy(hidden, width: units, to: features + inputs, row: block) }
    add(features, rows, gateErrors, room.gatesRow, columns: walks.terms * 2 * units, to: room.gateSums)
  }

  /// Adds featuresᵀ errors, a sum over the nodes.
  private func add(
    _ features: UnsafePointer<Float>, _ rows: Int, _ errors: UnsafePointer<Float>, _ row: Int, columns: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    var zero = 0
    withUnsafePointer(to: &zero) { zero in
      var product = hebb_product()
      (product.a, product.a_row, product.a_step) = (features, 1, layer.block)
      (product.b, product.b_block, product.b_step) = (errors, 16, row)
      (product.c, product.c_row) = (sums, columns)
      (product.rows, product.columns) = (rows, columns)
      (product.taps, product.length, product.accumulate) = (1, layer.nodes, 1)
      (product.a_tap, product.b_tap) = (zero, zero)
      MatrixProblem.kernels.product(&product)
    }
  }
}
