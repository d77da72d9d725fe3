import CHebbKernels

/// What a walk through time gives, and what the way back needs of it.
package struct RecurrentTrace {
  /// `[batch, time, outputs]`, and the state after each row's last step: `[batch, outputs]` and `[batch, units]`.
  package let outputs: NDArray, hidden: NDArray, memory: NDArray?
  /// What the gates let through, `[batch, time, gates · units]`.
  let gates: NDArray
  /// GRU: h W + b of the candidate. LSTM: the memory, and the units before a projection. All `[batch, time, units]`.
  let candidates: NDArray?, memories: NDArray?, unprojected: NDArray?
}

extension Recurrence {
  /// Walks through the sequences `x` of shape `[batch, time, inputs]`.
  ///
  /// - Parameters:
  ///   - hidden: h before the first step, `[batch, outputs]`; zeros where nil.
  ///   - memory: c before the first step, `[batch, units]`; zeros where nil.
  ///   - keeping: whether the way back will be wanted.
  package func forward(_ x: NDArray, hidden: NDArray?, memory: NDArray?, keeping: Bool) -> RecurrentTrace {
    let (batch, time) = (x.shape[0], x.shape[1])
    func array(_ wanted: Bool, _ extents: Int...) -> NDArray? {
      wanted ? NDArray(uninitialized: Shape(extents), .float32) : nil
    }
    let trace = RecurrentTrace(
      outputs: NDArray(uninitialized: [batch, time, outputs], .float32),
      hidden: NDArray(uninitialized: [batch, outputs], .float32), memory: array(hasMemory, batch, units),
      gates: x.reshaped([batch * time, inputs]).matmul(weights.input, epilogue: Epilogue(bias: weights.bias)),
      candidates: array(cell == .gru, batch, time, units),
      memories: array(hasMemory && keeping, batch, time, units),
      unprojected: array(weights.projection != nil && keeping, batch, time, units))
    let matrices = Matrices(self, uses: batch * time)
    let pieces = pieces(batch)
    let body = { (piece: Int) in
      var walk = Walk(self, rows: pieces[piece], time: time, matrices, trace)
      walk.start(hidden: hidden, memory: memory)
      walk.run()
      walk.finish()
    }
    if batch * time * weights.state.count >= MatrixProblem.worthSharing {
      ThreadPool.shared.run(pieces.count, body)
    } else {
      for piece in pieces.indices { body(piece) }
    }
    return trace
  }

  /// The weights that every step multiplies with.
  struct Matrices {
    let state: RecurrentMatrix
    /// GRU: the candidate's part, which the reset gate scales.
    let candidate: RecurrentMatrix?
    let projection: RecurrentMatrix?

    init(_ layer: Recurrence, uses: Int) {
      let (units, outputs) = (layer.units, layer.outputs)
      let row = layer.cell.gates * units
      let (w, owner) = (layer.weights.state.pointer(to: Float.self), layer.weights.state.storage)
      let isGRU = layer.cell == .gru
      state = RecurrentMatrix(w, of: owner, row: row, rows: outputs, columns: isGRU ? 2 * units : row, uses: uses)
      candidate =
        isGRU
        ? RecurrentMatrix(w + 2 * units, of: owner, row: row, rows: outputs, columns: units, uses: uses) : nil
      projection = layer.weights.projection.map {
        RecurrentMatrix($0.pointer(), of: $0.storage, row: outputs, rows: units, columns: outputs, uses: uses)
      }
    }
  }

  /// Some rows of the batch on their way through time.
  private struct Walk {
    let layer: Recurrence
    let rows: Range<Int>
    let time: Int
    let matrices: Matrices
    let trace: RecurrentTrace
    // Rows of the state lie sixteen floats apart from each other: at powers of two they would share cache lines.
    let hidden: Scratch, hiddenRow: Int
    /// The units of the step: the state itself, unless a projection makes the state of them.
    let units: Scratch, unitsRow: Int
    let memory: Scratch?
    var isZero = true

    init(_ layer: Recurrence, rows: Range<Int>, time: Int, _ matrices: Matrices, _ trace: RecurrentTrace) {
      (self.layer, self.rows, self.time, self.matrices, self.trace) = (layer, rows, time, matrices, trace)
      hiddenRow = layer.outputs + 16
      hidden = Scratch(rows.count * hiddenRow)
      unitsRow = layer.units + 16
      units = matrices.projection == nil ? hidden : Scratch(rows.count * unitsRow)
      memory = layer.hasMemory ? Scratch(rows.count * layer.units) : nil
    }

    mutating func start(hidden h: NDArray?, memory c: NDArray?) {
      isZero = h == nil
      hidden.floats.update(repeating: 0, count: rows.count * hiddenRow)
      if let h {
        for (i, row) in rows.enumerated() {
          (hidden.floats + i * hiddenRow).update(from: h.pointer() + row * layer.outputs, count: layer.outputs)
        }
      }
      guard let memory else { return }
      if let c {
        memory.floats.update(from: c.pointer() + rows.lowerBound * layer.units, count: rows.count * layer.units)
      } else {
        memory.floats.update(repeating: 0, count: rows.count * layer.units)
      }
    }

    mutating func run() {
      var cell = hebb_cell()
      let size = layer.units
      let kernel = layer.kernel
      (cell.rows, cell.units) = (rows.count, size)
      cell.lengths = layer.lengths.map { $0.pointer(to: Int32.self) + rows.lowerBound }
      (cell.gates_row, cell.candidate_row) = (time * layer.cell.gates * size, time * size)
      cell.candidate_bias = layer.weights.candidateBias?.pointer()
      cell.peephole = layer.weights.peephole?.pointer()
      (cell.hidden, cell.hidden_row) = (units.floats, unitsRow)
      (cell.memory, cell.memory_row) = (memory?.floats, size)
      (cell.memories_row, cell.output_row) = (time * size, time * size)
      let output = matrices.projection == nil ? trace.outputs : trace.unprojected
      let longest = layer.longest(rows, time)
      for step in 0..<time {
        let t = layer.isReversed ? time - 1 - step : step
        let place = rows.lowerBound * time + t
        cell.step = t
        cell.gates = trace.gates.mutablePointer(to: Float.self) + place * layer.cell.gates * size
        cell.candidate = trace.candidates.map { $0.mutablePointer(to: Float.self) + place * size }
        cell.memories = trace.memories.map { $0.mutablePointer(to: Float.self) + place * size }
        cell.output = output.map { $0.mutablePointer(to: Float.self) + place * size }
        if t < longest { multiply(cell) }
        kernel(&cell)
        if let projection = matrices.projection { project(projection, t) }
      }
    }

    /// Adds h W to the gates of a step.
    private mutating func multiply(_ cell: hebb_cell) {
      defer { isZero = false }
      if !isZero {
        matrices.state.multiply(
          hidden.floats, row: hiddenRow, rows: rows.count, into: cell.gates, row: cell.gates_row, adding: true)
      }
      guard let candidate = matrices.candidate, let target = cell.candidate else { return }
      if isZero {
        for i in 0..<rows.count {
          (target + i * cell.candidate_row).update(repeating: 0, count: layer.units)
        }
      } else {
        candidate.multiply(
          hidden.floats, row: hiddenRow, rows: rows.count, into: target, row: cell.candidate_row, adding: false)
      }
    }

    /// The state is a product of the units; rows that have ended keep theirs.
    private func project(_ projection: RecurrentMatrix, _ t: Int) {
      let width = layer.outputs
      let product = Scratch(rows.count * width)
      projection.multiply(
        units.floats, row: unitsRow, rows: rows.count, into: product.floats, row: width, adding: false)
      let outputs = trace.outputs.mutablePointer(to: Float.self)
      for (i, row) in rows.enumerated() {
        let output = outputs + (row * time + t) * width
        if layer.hasEnded(row, t) {
          output.update(repeating: 0, count: width)
        } else {
          output.update(from: product.floats + i * width, count: width)
          (hidden.floats + i * hiddenRow).update(from: output, count: width)
        }
      }
    }

    /// Stores the last state.
    func finish() {
      let target = trace.hidden.mutablePointer(to: Float.self)
      for (i, row) in rows.enumerated() {
        (target + row * layer.outputs).update(from: hidden.floats + i * hiddenRow, count: layer.outputs)
      }
      if let memory, let target = trace.memory?.mutablePointer(to: Float.self) {
        (target + rows.lowerBound * layer.units).update(from: memory.floats, count: rows.count * layer.units)
      }
    }
  }

  func hasEnded(_ row: Int, _ t: Int) -> Bool { lengths.map { t >= $0.pointer(to: Int32.self)[row] } ?? false }

  private var kernel: (UnsafePointer<hebb_cell>) -> Void {
    switch cell {
    case .tanh: Recurrence.kernels.tanh
    case .relu: Recurrence.kernels.relu
    case .lstm: Recurrence.kernels.lstm
    case .gru: Recurrence.kernels.gru
    }
  }
}
