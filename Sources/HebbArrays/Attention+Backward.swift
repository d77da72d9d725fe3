import CHebbKernels

extension Attention {
  /// The gradients of queries, keys and values, written to `dq`, `dk` and `dv`, from that of the result.
  ///
  /// The weights of the values are computed anew, block by block.
  package func backward(
    _ q: Part, _ k: Part, _ v: Part, y: NDArray, logSums: NDArray, dy: NDArray, into dq: Part, _ dk: Part, _ dv: Part
  ) {
    let (batch, time, features) = (q.array.shape[0], q.time, q.features)
    share(batch * heads, multiplications: batch * time * k.time * features * 5) { index in
      let (sample, head) = (index / heads, index % heads)
      let part = Head(self, features: features, queries: time, keys: k.time, sample: sample)
      let offset = head * part.size
      let way = WayBack(part)
      let (upstream, result) = (Part(dy).start(sample, offset: offset), Part(y).start(sample, offset: offset))
      part.copy(q.start(sample, offset: offset), row: q.row, rows: time, scale: part.scale, into: way.queries.floats)
      part.copy(k.start(sample, offset: offset), row: k.row, rows: k.time, into: way.keys.floats)
      part.copy(upstream, row: features, rows: time, into: way.upstream.floats)
      part.turn(k.start(sample, offset: offset), row: k.row, into: way.keysTurned.floats)
      part.turn(v.start(sample, offset: offset), row: v.row, into: way.valuesTurned.floats)
      Attention.kernels.dots(upstream, features, result, features, time, part.size, way.dots.floats)
      way.run(logSums.pointer(to: Float.self) + index * time)
      func store(_ gradient: Scratch, _ target: Part, _ scale: Float) {
        Attention.kernels.copy(
          gradient.floats, part.width, target.time, part.size, scale, target.target(sample, offset: offset), target.row,
          part.size)
      }
      store(way.queryGradients, dq, part.scale)
      store(way.keyGradients, dk, 1)
      store(way.valueGradients, dv, 1)
      withExtendedLifetime(way) {}
    }
  }

  /// One head on the way back.
  private struct WayBack {
    let head: Head
    let queries: Scratch, keys: Scratch, upstream: Scratch, dots: Scratch
    let keysTurned: Scratch, valuesTurned: Scratch
    let queryGradients: Scratch, keyGradients: Scratch, valueGradients: Scratch
    private let scores = Scratch(Attention.queries * Attention.scoreRow)
    private let errors = Scratch(Attention.queries * Attention.scoreRow)

    init(_ head: Head) {
      self.head = head
      let (queryFloats, keyFloats) = (head.queryCount * head.width, head.keyCount * head.width)
      (queries, upstream, queryGradients) = (Scratch(queryFloats), Scratch(queryFloats), Scratch(queryFloats))
      (keys, keyGradients, valueGradients) = (Scratch(keyFloats), Scratch(keyFloats), Scratch(keyFloats))
      (keysTurned, valuesTurned) = (Scratch(head.turnedCount), Scratch(head.turnedCount))
      dots = Scratch(head.queryCount)
      queryGradients.floats.update(repeating: 0, count: queryFloats)
      keyGradients.floats.update(repeating: 0, count: keyFloats)
      valueGradients.floats.update(repeating: 0, count: keyFloats)
    }

    func run(_ logSums: UnsafePointer<Float>) {
      for rows in Attention.ranges(head.queryCount, Attention.queries) {
        for columns in Attention.ranges(head.keysSeen(by: rows), Attention.keys) { step(rows, columns, logSums) }
      }
    }

    private func step(_ rows: Range<Int>, _ columns: Range<Int>, _ logSums: UnsafePointer<Float>) {
      let (size, width) = (head.size, head.width)
      let (row, column) = (rows.lowerBound * width, columns.lowerBound * width)
      for (left, right, target) in [(queries, keysTurned, scores), (upstream, valuesTurned, errors)] {
        Attention.multiply(
          left.floats + row, row: width, step: 1, right.floats + columns.lowerBound * size, block: size * 16, step: 16,
          into: target.floats, row: Attention.scoreRow, rows: rows.count, length: size,
          columns: (columns.count + 15) / 16 * 16, adding: false)
      }
      var gradient = hebb_attention_gradient()
      gradient.block = head.block(rows, columns, scores.floats)
      gradient.errors = errors.floats
      (gradient.log_sums, gradient.dots) = (logSums + rows.lowerBound, UnsafePointer(dots.floats + rows.lowerBound))
      Attention.kernels.gradient(&gradient)
      // dv += weightsᵀ dy, dk += errorsᵀ q, dq += errors k.
      for (left, right, target) in [(scores, upstream, valueGradients), (errors, queries, keyGradients)] {
        Attention.multiply(
          left.floats, row: 1, step: Attention.scoreRow, right.floats + row, block: 16, step: width,
          into: target.floats + column, row: width, rows: columns.count, length: rows.count, columns: width,
          adding: true)
      }
      Attention.multiply(
        errors.floats, row: Attention.scoreRow, step: 1, keys.floats + column, block: 16, step: width,
        into: queryGradients.floats + row, row: width, rows: rows.count, length: columns.count, columns: width,
        adding: true)
    }
  }
}
