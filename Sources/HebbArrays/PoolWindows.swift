import CHebbKernels

/// The windows of both axes over pictures of a shape, and what is done in them: by the kernels for float32, in plain
/// loops for float64.
struct PoolWindows {
  let rows: Windows
  let columns: Windows
  let shape: Shape

  /// Elements of one picture, before and after.
  var inCount: Int { shape[1] * shape[2] * shape[3] }
  var outCount: Int { rows.count * columns.count * shape[3] }
  var outShape: Shape { [shape[0], rows.count, columns.count, shape[3]] }

  func check(_ dy: NDArray, for x: NDArray) {
    require(
      dy.shape == outShape && dy.dtype == x.dtype,
      "pooling: the gradient \(dy.shape) \(dy.dtype) is not of the output's shape \(outShape) \(x.dtype)")
  }

  /// Calls `body` once for each picture, on several threads where the pictures are large or many.
  func eachPicture(_ body: (hebb_pooling_kernels, inout hebb_pooling, Int) -> Void) {
    let kernels = hebb_pooling_kernels_table(hebb_isa()).pointee
    let batch = shape[0]
    let inPiece = Swift.max(1, 16_384 / Swift.max(inCount, 1))
    withGeometry { geometry in
      shareWork((batch + inPiece - 1) / inPiece, elements: batch * inCount) { piece in
        var own = geometry
        for picture in piece * inPiece..<Swift.min(batch, (piece + 1) * inPiece) { body(kernels, &own, picture) }
      }
    }
  }

  private func withGeometry(_ body: (hebb_pooling) -> Void) {
    rows.withPointers { top, bottom, rowSize in
      columns.withPointers { left, right, columnSize in
        body(
          hebb_pooling(
            height: shape[1], width: shape[2], channels: shape[3], out_height: rows.count, out_width: columns.count,
            top: top, bottom: bottom, left: left, right: right, row_size: rowSize, column_size: columnSize,
            apart: rows.areApart && columns.areApart ? 1 : 0))
      }
    }
  }
}

// MARK: - Float64

extension PoolWindows {
  /// Calls `body` with each output's place, its window's size and the places of the window's elements.
  private func eachWindow(_ body: (_ output: Int, _ size: Double, _ inputs: [Int]) -> Void) {
    let channels = shape[3]
    var output = 0
    for picture in 0..<shape[0] {
      for r in 0..<rows.count {
        for c in 0..<columns.count {
          let size = Double(rows.size(r) * columns.size(c))
          for channel in 0..<channels {
            var inputs: [Int] = []
            for y in rows[r] {
              for x in columns[c] {
                inputs.append(((picture * shape[1] + y) * shape[2] + x) * channels + channel)
              }
            }
            body(output, size, inputs)
            output += 1
          }
        }
      }
    }
  }

  func pool(largest: Bool, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
    eachWindow { output, size, inputs in
      y[output] = largest ? x[place(inputs, x)] : inputs.reduce(0) { $0 + x[$1] } / size
    }
  }

  func gradient(_ dy: NDArray, largest x: NDArray?) -> NDArray {
    let dx = NDArray.zeros(shape, dtype: .float64)
    let (from, to) = (dy.pointer(to: Double.self), dx.mutablePointer(to: Double.self))
    let values = x?.pointer(to: Double.self)
    eachWindow { output, size, inputs in
      if let values {
        to[place(inputs, values)] += from[output]
      } else {
        for input in inputs { to[input] += from[output] / size }
      }
    }
    return dx
  }

  /// The place of the first largest element; of the last NaN, where there is one.
  private func place(_ inputs: [Int], _ x: UnsafePointer<Double>) -> Int {
    var best = inputs[0]
    for input in inputs where x[input] > x[best] || x[input].isNaN { best = input }
    return best
  }
}
