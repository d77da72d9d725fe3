import CHebbKernels

extension Attention {
  /// The result `[batch, queries, features]` and, where the way back will be wanted, log Σ exp(score) for each head and query,
  /// `[batch, heads, queries]`.
  package func forward(_ q: Part, _ k: Part, _ v: Part, keeping: Bool) -> (y: NDArray, logSums: NDArray?) {
    let (batch, time, features) = (q.array.shape[0], q.time, q.features)
    let y = NDArray(uninitialized: [batch, time, features], .float32)
    let logSums = keeping ? NDArray(uninitialized: [batch, heads, time], .float32) : nil
    let blocks = Attention.ranges(time, Attention.queries)
    // A few long sequences are shared by their blocks of queries as well.
    let groups = batch * heads >= 8 ? 1 : max(1, min(4, blocks.count))
    share(batch * heads * groups, multiplications: batch * time * k.time * features * 2) { piece in
      let (index, group) = (piece / groups, piece % groups)
      let (sample, head) = (index / heads, index % heads)
      let part = Head(self, features: features, queries: time, keys: k.time, sample: sample)
      let offset = head * part.size
      let sums = logSums.map { $0.mutablePointer(to: Float.self) + index * time }
      let target = Part(y).target(sample, offset: offset)
      let own = blocks[blocks.count * group / groups..<blocks.count * (group + 1) / groups]
      part.forward(
        Array(own), q.start(sample, offset: offset), q.row, k.start(sample, offset: offset), k.row,
        v.start(sample, offset: offset), v.row, target, features, sums)
    }
    return (y, logSums)
  }
}

extension Attention.Head {
  fileprivate func forward(
    _ blocks: [Range<Int>], _ q: UnsafePointer<Float>, _ qRow: Int, _ k: UnsafePointer<Float>, _ kRow: Int,
    _ v: UnsafePointer<Float>, _ vRow: Int, _ y: UnsafeMutablePointer<Float>, _ yRow: Int,
    _ logSums: UnsafeMutablePointer<Float>?
  ) {
    let (keysTurned, values) = (Scratch(turnedCount), Scratch(keyCount * width))
    let (queries, output) = (Scratch(Attention.queries * width), Scratch(Attention.queries * width))
    let (scores, statistics) = (Scratch(Attention.queries * Attention.scoreRow), Scratch(2 * Attention.queries))
    turn(k, row: kRow, into: keysTurned.floats)
    copy(v, row: vRow, rows: keyCount, into: values.floats)
    for rows in blocks {
      copy(q + rows.lowerBound * qRow, row: qRow, rows: rows.count, scale: scale, into: queries.floats)
      var progress = hebb_attention_progress()
      (progress.largest, progress.sums) = (statistics.floats, statistics.floats + Attention.queries)
      (progress.output, progress.output_row, progress.width) = (output.floats, width, size)
      progress.block = block(rows, 0..<0, scores.floats)
      progress.first = 1
      for columns in Attention.ranges(keysSeen(by: rows), Attention.keys) {
        Attention.multiply(
          queries.floats, row: width, step: 1, keysTurned.floats + columns.lowerBound * size, block: size * 16,
          step: 16, into: scores.floats, row: Attention.scoreRow, rows: rows.count, length: size,
          columns: (columns.count + 15) / 16 * 16, adding: false)
        progress.block = block(rows, columns, scores.floats)
        Attention.kernels.weigh(&progress)
        Attention.multiply(
          scores.floats, row: Attention.scoreRow, step: 1, values.floats + columns.lowerBound * width, block: 16,
          step: width, into: output.floats, row: width, rows: rows.count, length: columns.count, columns: width,
          adding: progress.first == 0)
        progress.first = 0
      }
      if progress.first == 1 { progress.sums.update(repeating: 0, count: rows.count) }
      Attention.kernels.finish(
        &progress, y + rows.lowerBound * yRow, yRow, logSums.map { $0 + rows.lowerBound })
    }
    withExtendedLifetime((keysTurned, values, queries, output, scores, statistics)) {}
  }
}
