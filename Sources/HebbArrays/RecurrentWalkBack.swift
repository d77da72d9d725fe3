import CHebbKernels

/// The way back through time: the errors of the sums of every step.
struct WalkBack {
  let layer: Recurrence
  let time: Int
  let trace: RecurrentTrace
  /// GRU: h before each step.
  let before: NDArray?
  /// c before the first step.
  let memory: NDArray?
  let upstream: NDArray?, lastHidden: NDArray?, lastMemory: NDArray?
  let deltas: NDArray, stateDeltas: NDArray
  /// The gradient of what a projection gave, at each step.
  let errors: NDArray?
  let firstHidden: NDArray, firstMemory: NDArray?
  private let state: RecurrentMatrix
  private let projection: RecurrentMatrix?

  init(
    layer: Recurrence, time: Int, trace: RecurrentTrace, before: NDArray?, memory: NDArray?, upstream: NDArray?,
    lastHidden: NDArray?, lastMemory: NDArray?, deltas: NDArray, stateDeltas: NDArray, errors: NDArray?,
    firstHidden: NDArray, firstMemory: NDArray?, uses: Int
  ) {
    (self.layer, self.time, self.trace, self.before, self.memory) = (layer, time, trace, before, memory)
    (self.upstream, self.lastHidden, self.lastMemory) = (upstream, lastHidden, lastMemory)
    (self.deltas, self.stateDeltas, self.errors) = (deltas, stateDeltas, errors)
    (self.firstHidden, self.firstMemory) = (firstHidden, firstMemory)
    let (units, outputs, width) = (layer.units, layer.outputs, layer.cell.gates * layer.units)
    state = RecurrentMatrix(
      layer.weights.state.pointer(), of: layer.weights.state.storage, row: 1, column: width, rows: width,
      columns: outputs, uses: uses)
    projection = layer.weights.projection.map {
      RecurrentMatrix($0.pointer(), of: $0.storage, row: 1, column: outputs, rows: outputs, columns: units, uses: uses)
    }
  }

  func run(_ rows: Range<Int>) {
    let (units, outputs, width) = (layer.units, layer.outputs, layer.cell.gates * layer.units)
    let kernel = layer.gradientKernel
    // The gradient of h; with a projection, that of the units beside it.
    let hidden = gathered(lastHidden, rows, outputs)
    let inner = projection == nil ? hidden : gathered(nil, rows, units)
    let memory = layer.hasMemory ? gathered(lastMemory, rows, units) : nil
    let products = Scratch(rows.count * (width + 16))
    var cell = hebb_cell_gradient()
    (cell.rows, cell.units) = (rows.count, units)
    cell.lengths = layer.lengths.map { $0.pointer(to: Int32.self) + rows.lowerBound }
    (cell.gates_row, cell.candidate_row, cell.memories_row) = (time * width, time * units, time * units)
    (cell.output_row, cell.hidden_before_row) = (time * outputs, time * outputs)
    cell.peephole = layer.weights.peephole?.pointer()
    (cell.hidden, cell.hidden_row) = (inner.floats, units)
    (cell.memory, cell.memory_row) = (memory?.floats, units)
    (cell.deltas_row, cell.kept_row) = (time * width, time * width)
    (cell.state_deltas, cell.state_deltas_row) = (products.floats, width + 16)
    let longest = layer.longest(rows, time)
    for step in (0..<time).reversed() {
      let t = layer.isReversed ? time - 1 - step : step
      let place = rows.lowerBound * time + t
      cell.step = t
      cell.gates = trace.gates.pointer(to: Float.self) + place * width
      cell.candidate = trace.candidates.map { $0.pointer(to: Float.self) + place * units }
      cell.output = trace.outputs.pointer(to: Float.self) + place * outputs
      cell.hidden_before = before.map { $0.pointer(to: Float.self) + place * outputs }
      cell.memories = trace.memories.map { $0.pointer(to: Float.self) + place * units }
      setMemoryBefore(&cell, rows, isFirst: step == 0, place)
      cell.deltas = deltas.mutablePointer(to: Float.self) + place * width
      cell.kept = layer.cell == .gru ? stateDeltas.mutablePointer(to: Float.self) + place * width : nil
      if let projection {
        unproject(projection, hidden, inner, rows, t)
      } else if let upstream {
        (cell.upstream, cell.upstream_row) = (upstream.pointer(to: Float.self) + place * outputs, time * outputs)
      }
      kernel(&cell)
      guard t < longest else { continue }
      state.multiply(
        products.floats, row: width + 16, rows: rows.count, into: hidden.floats, row: outputs, adding: true)
    }
    withExtendedLifetime((inner, products)) {}
    store(hidden, in: firstHidden, rows, outputs)
    if let memory, let firstMemory { store(memory, in: firstMemory, rows, units) }
  }

  private func setMemoryBefore(_ cell: inout hebb_cell_gradient, _ rows: Range<Int>, isFirst: Bool, _ place: Int) {
    guard layer.hasMemory, let memories = trace.memories else { return }
    if isFirst {
      cell.memories_before = memory.map { $0.pointer(to: Float.self) + rows.lowerBound * layer.units }
      cell.memories_before_row = layer.units
    } else {
      cell.memories_before = memories.pointer(to: Float.self) + (place + (layer.isReversed ? 1 : -1)) * layer.units
      cell.memories_before_row = time * layer.units
    }
  }

  /// Adds the step's upstream gradient to that of h, and sends it through the projection to the units. Rows that have ended
  /// are left as they are.
  private func unproject(
    _ projection: RecurrentMatrix, _ hidden: Scratch, _ inner: Scratch, _ rows: Range<Int>, _ t: Int
  ) {
    guard let errors = errors?.mutablePointer(to: Float.self) else { return }
    let (units, outputs) = (layer.units, layer.outputs)
    for (i, row) in rows.enumerated() {
      let (dh, error) = (hidden.floats + i * outputs, errors + (row * time + t) * outputs)
      if layer.hasEnded(row, t) {
        error.update(repeating: 0, count: outputs)
        continue
      }
      if let upstream {
        let dy = upstream.pointer(to: Float.self) + (row * time + t) * outputs
        for j in 0..<outputs { error[j] = dh[j] + dy[j] }
      } else {
        error.update(from: dh, count: outputs)
      }
      dh.update(repeating: 0, count: outputs)
    }
    projection.multiply(
      errors + (rows.lowerBound * time + t) * outputs, row: time * outputs, rows: rows.count, into: inner.floats,
      row: units, adding: false)
  }

  private func gathered(_ source: NDArray?, _ rows: Range<Int>, _ width: Int) -> Scratch {
    let result = Scratch(rows.count * width)
    if let source {
      result.floats.update(from: source.pointer() + rows.lowerBound * width, count: rows.count * width)
    } else {
      result.floats.update(repeating: 0, count: rows.count * width)
    }
    return result
  }

  private func store(_ values: Scratch, in target: NDArray, _ rows: Range<Int>, _ width: Int) {
    (target.mutablePointer(to: Float.self) + rows.lowerBound * width).update(
      from: values.floats, count: rows.count * width)
  }
}

extension Recurrence {
  fileprivate var gradientKernel: (UnsafePointer<hebb_cell_gradient>) -> Void {
    switch cell {
    case .tanh: Recurrence.kernels.tanh_gradient
    case .relu: Recurrence.kernels.relu_gradient
    case .lstm: Recurrence.kernels.lstm_gradient
    case .gru: Recurrence.kernels.gru_gradient
    }
  }
}
