import CHebbKernels

extension Attention {
  /// The gradients of queries, keys and values, written to `dq`, `dk` and `dv`, from that of the result.
  ///
  /// The weights of the values are computed anew, block by block. A few long sequences are cut into spans of queries, whose
  /// gradients of keys and values are added in their order: which spans there are follows from the shapes alone.
  package func backward(
    _ q: Part, _ k: Part, _ v: Part, y: NDArray, logSums: NDArray, dy: NDArray, into dq: Part, _ dk: Part, _ dv: Part
  ) {
    let (batch, time, features) = (q.array.shape[0], q.time, q.features)
    let spans = Attention.spans(time, heads: batch * heads)
    let parts = (0..<batch * heads).map { index in
      Head(self, features: features, queries: time, keys: k.time, sample: index / heads)
    }
    // The gradients of keys, then of values, for each span, where there are several.
    let keyFloats = k.time * (parts.first?.width ?? 0)
    let partial = Scratch(spans.count > 1 ? parts.count * spans.count * 2 * keyFloats : 0)
    share(parts.count * spans.count, multiplications: batch * time * k.time * features * 5) { piece in
      let (index, span) = (piece / spans.count, piece % spans.count)
      let (sample, offset) = (index / heads, index % heads * parts[index].size)
      let part = parts[index]
      let way = WayBack(part, sums: spans.count > 1 ? partial.floats + piece * 2 * keyFloats : nil)
      let (upstream, result) = (Part(dy).start(sample, offset: offset), Part(y).start(sample, offset: offset))
      part.copy(q.start(sample, offset: offset), row: q.row, rows: time, scale: part.scale, into: way.queries.floats)
      part.copy(k.start(sample, offset: offset), row: k.row, rows: k.time, into: way.keys.floats)
      part.copy(upstream, row: features, rows: time, into: way.upstream.floats)
      part.turn(k.start(sample, offset: offset), row: k.row, into: way.keysTurned.floats)
      part.turn(v.start(sample, offset: offset), row: v.row, into: way.valuesTurned.floats)
      Attention.kernels.dots(upstream, features, result, features, time, part.size, way.dots.floats)
      way.run(spans[span], logSums.pointer(to: Float.self) + index * time)
      let rows = spans[span].first?.lowerBound ?? 0
      part.store(
        way.queryGradients.floats + rows * part.width, rows: (spans[span].last?.upperBound ?? 0) - rows,
        part.scale, dq.target(sample, offset: offset) + rows * dq.row, row: dq.row)
      if spans.count == 1 {
        part.store(way.keyGradients, rows: k.time, 1, dk.target(sample, offset: offset), row: dk.row)
        part.store(way.valueGradients, rows: v.time, 1, dv.target(sample, offset: offset), row: dv.row)
      }
      withExtendedLifetime(way) {}
    }
    guard spans.count > 1 else { return }
    share(parts.count * 2, multiplications: parts.count * spans.count * keyFloats * 2) { piece in
      let (index, ofValues) = (piece / 2, piece % 2)
      let (sample, offset) = (index / heads, index % heads * parts[index].size)
      let sums = partial.floats + (index * spans.count * 2 + ofValues) * keyFloats
      for span in 1..<spans.count {
        let more = sums + span * 2 * keyFloats
        for i in 0..<keyFloats { sums[i] += more[i] }
      }
      let target = ofValues == 1 ? dv : dk
      parts[index].store(sums, rows: k.time, 1, target.target(sample, offset: offset), row: target.row)
    }
    withExtendedLifetime(partial) {}
  }

  /// The blocks of queries in the spans that threads may take apart: one, unless there are few heads of many queries.
  private static func spans(_ time: Int, heads: Int) -> [[Range<Int>]] {
    let blocks = ranges(time, queries)
    let count = max(1, min(blocks.count / 16, 8 / max(1, heads)))
    return (0..<count).map { Array(blocks[blocks.count * $0 / count..<blocks.count * ($0 + 1) / count]) }
  }

  /// One head on the way back.
  private struct WayBack {
    let head: Head
    let queries: Scratch, keys: Scratch, upstream: Scratch, dots: Scratch
    let keysTurned: Scratch, valuesTurned: Scratch
    let queryGradients: Scratch
    let keyGradients: UnsafeMutablePointer<Float>, valueGradients: UnsafeMutablePointer<Float>
    /// Holds these where nobody else does.
    private let ownSums: Scratch
    private let scores = Scratch(Attention.queries * Attention.scoreRow)
    private let errors = Scratch(Attention.queries * Attention.scoreRow)

    /// - Parameter sums: where the gradients of keys, then of values are wanted; in memory of its own unless given.
    init(_ head: Head, sums: UnsafeMutablePointer<Float>?) {
      self.head = head
      let (queryFloats, keyFloats) = (head.queryCount * head.width, head.keyCount * head.width)
      (queries, upstream, queryGradients) = (Scratch(queryFloats), Scratch(queryFloats), Scratch(queryFloats))
      (keys, ownSums) = (Scratch(keyFloats), Scratch(sums == nil ? 2 * keyFloats : 0))
      keyGradients = sums ?? ownSums.floats
      valueGradients = keyGradients + keyFloats
      (keysTurned, valuesTurned) = (Scratch(head.turnedCount), Scratch(head.turnedCount))
      dots = Scratch(head.queryCount)
      queryGradients.floats.update(repeating: 0, count: queryFloats)
      keyGradients.update(repeating: 0, count: 2 * keyFloats)
    }

    func run(_ blocks: [Range<Int>], _ logSums: UnsafePointer<Float>) {
      for rows in blocks {
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
          into: target + column, row: width, rows: columns.count, length: rows.count, columns: width,
          adding: true)
      }
      Attention.multiply(
        errors.floats, row: Attention.scoreRow, step: 1, keys.floats + column, block: 16, step: width,
        into: queryGradients.floats + row, row: width, rows: rows.count, length: columns.count, columns: width,
        adding: true)
    }
  }
}

extension Attention.Head {
  /// Rows of whole vectors back to where the features of a head lie.
  fileprivate func store(
    _ x: UnsafePointer<Float>, rows: Int, _ scale: Float, _ y: UnsafeMutablePointer<Float>, row: Int
  ) {
    Attention.kernels.copy(x, width, rows, size, scale, y, row, size)
  }
}
