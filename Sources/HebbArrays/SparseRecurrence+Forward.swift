import CHebbKernels

/// What a walk through time gives, and what the way back needs of it.
package struct SparseTrace {
  /// `[batch, time, nodes, units]`, and the state after each sample's last step, `[batch, nodes, units]`.
  package let outputs: NDArray, hidden: NDArray
  /// What the gates r, z and n let through, `[batch, time, nodes, 3 · units]`.
  let gates: NDArray?
}

extension SparseRecurrence {
  /// Walks through the samples `x` of shape `[batch, time, nodes, inputs]`.
  ///
  /// - Parameters:
  ///   - hidden: h before the first step, `[batch, nodes, units]`; zeros where nil.
  ///   - keeping: whether the way back will be wanted.
  package func forward(_ x: NDArray, hidden: NDArray?, keeping: Bool) -> SparseTrace {
    let (batch, time) = (x.shape[0], x.shape[1])
    let trace = SparseTrace(
      outputs: NDArray(uninitialized: [batch, time, nodes, units], .float32),
      hidden: NDArray(uninitialized: [batch, nodes, units], .float32),
      gates: keeping ? NDArray(uninitialized: [batch, time, nodes, 3 * units], .float32) : nil)
    let uses = batch * time * nodes
    let walk = Walk(
      layer: self, trace: trace,
      gates: RecurrentMatrix(
        weights.gates.pointer(), of: weights.gates.storage, row: 2 * units, rows: weights.gates.shape[0],
        columns: 2 * units, uses: uses),
      candidate: RecurrentMatrix(
        weights.candidate.pointer(), of: weights.candidate.storage, row: units, rows: weights.candidate.shape[0],
        columns: units, uses: uses))
    let pieces = pieces(batch)
    share(pieces.count, work: uses) { for sample in pieces[$0] { walk.run(x, sample, from: hidden) } }
    return trace
  }

  /// Samples on their way through time.
  private struct Walk {
    let layer: SparseRecurrence
    let trace: SparseTrace
    let gates: RecurrentMatrix, candidate: RecurrentMatrix

    func run(_ x: NDArray, _ sample: Int, from start: NDArray?) {
      let (nodes, units, time) = (layer.nodes, layer.units, x.shape[1])
      let (size, length) = (nodes * units, layer.length(sample, time))
      let outputs = trace.outputs.mutablePointer(to: Float.self) + sample * time * size
      let row = layer.diffusion.blocks * layer.block + 16
      let terms = Scratch(nodes * row)
      let local = trace.gates == nil ? Scratch(nodes * 3 * units) : nil
      var hidden = start.map { $0.pointer(to: Float.self) + sample * size }
      for step in 0..<length {
        let t = layer.time(of: step, length: length)
        var cell = hebb_graph_cell()
        (cell.rows, cell.units) = (nodes, units)
        (cell.hidden, cell.hidden_row) = (hidden, units)
        cell.gates =
          local?.floats ?? trace.gates.map { $0.mutablePointer(to: Float.self) + (sample * time + t) * 3 * size }
        cell.gates_row = 3 * units
        (cell.reset, cell.reset_row) = (terms.floats + layer.inputs, row)
        (cell.output, cell.output_row) = (outputs + t * size, units)
        advance(&cell, x.pointer(to: Float.self) + (sample * time + t) * nodes * layer.inputs, terms.floats, row)
        hidden = UnsafePointer(outputs + t * size)
      }
      if length < time { (outputs + length * size).update(repeating: 0, count: (time - length) * size) }
      let last = trace.hidden.mutablePointer(to: Float.self) + sample * size
      if let hidden { last.update(from: hidden, count: size) } else { last.update(repeating: 0, count: size) }
    }

    private func advance(
      _ cell: inout hebb_graph_cell, _ x: UnsafePointer<Float>, _ terms: UnsafeMutablePointer<Float>, _ row: Int
    ) {
      let (block, inputs, units) = (layer.block, layer.inputs, layer.units)
      let diffusion = layer.diffusion
      layer.copy(x, width: inputs, to: terms, row: row)
      diffusion.spread(terms, row: row, block: block, width: inputs)
      let first = terms + diffusion.firstTerm(block: block)
      let state = terms + inputs
      if let hidden = cell.hidden {
        layer.copy(hidden, width: units, to: state, row: row)
        diffusion.spread(state, row: row, block: block, width: units)
      }
      sum(first, row, gates, layer.weights.gateBias, into: cell.gates, hasState: cell.hidden != nil)
      SparseRecurrence.kernels.gates(&cell)
      if cell.hidden != nil { diffusion.spread(state, row: row, block: block, width: units) }
      sum(
        first, row, candidate, layer.weights.candidateBias, into: cell.gates + 2 * units, hasState: cell.hidden != nil)
      SparseRecurrence.kernels.update(&cell)
    }

    /// The sums over all terms; of the inputs alone where there is no state yet.
    private func sum(
      _ terms: UnsafePointer<Float>, _ row: Int, _ matrix: RecurrentMatrix, _ bias: NDArray,
      into sums: UnsafeMutablePointer<Float>, hasState: Bool
    ) {
      let block = layer.block
      var product = matrix.product(terms, row: row, rows: layer.nodes, into: sums, row: 3 * layer.units)
      let taps = hasState ? [0] : (0..<layer.diffusion.terms).map { $0 * block }
      (product.taps, product.length) = (taps.count, hasState ? matrix.rows : layer.inputs)
      // A line of the packed weights is sixteen floats long, one in memory as long as a row.
      let lines = taps.map { $0 * product.b_step }
      var epilogue = hebb_epilogue()
      epilogue.bias = bias.pointer()
      taps.withUnsafeBufferPointer { taps in
        lines.withUnsafeBufferPointer { lines in
          withUnsafePointer(to: &epilogue) { epilogue in
            (product.a_tap, product.b_tap, product.epilogue) = (taps.baseAddress, lines.baseAddress, epilogue)
            MatrixProblem.kernels.product(&product)
          }
        }
      }
    }
  }
}
