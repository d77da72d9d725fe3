import CHebbKernels

/// What is done to a finished product before it is stored: bias, then ReLU, in the same pass.
package struct Epilogue: Sendable {
  /// One number a column.
  package var bias: NDArray?
  /// One factor a column, applied before the bias (which must then be there): a batch normalisation at inference.
  package var scale: NDArray?
  /// Added after the bias: a residual connection.
  package var residual: NDArray?
  package var relu: Bool

  package init(bias: NDArray? = nil, scale: NDArray? = nil, residual: NDArray? = nil, relu: Bool = false) {
    self.bias = bias
    self.scale = scale
    self.residual = residual
    self.relu = relu
  }

  var isEmpty: Bool { bias == nil && scale == nil && residual == nil && !relu }
}

extension NDArray {
  /// The matrix product.
  ///
  ///     cᵢⱼ = Σₖ aᵢₖ bₖⱼ
  ///
  /// - Shapes: `[…, m, k]` and `[k, n]` → `[…, m, n]`; with equal leading axes on both sides, `[…, m, k]` and
  ///   `[…, k, n]` → `[…, m, n]`, one product for each.
  /// - Parameters:
  ///   - transposingLeft: read the left matrices as `[…, k, m]`; they are not copied.
  ///   - transposingRight: read the right matrices as `[…, n, k]`.
  public func matmul(
    _ other: NDArray, transposingLeft: Bool = false, transposingRight: Bool = false
  ) -> NDArray {
    matmul(other, transposingLeft: transposingLeft, transposingRight: transposingRight, epilogue: Epilogue())
  }

  /// The matrix product with an epilogue (bias, ReLU) in the same pass.
  package func matmul(
    _ other: NDArray, transposingLeft: Bool = false, transposingRight: Bool = false, epilogue: Epilogue
  ) -> NDArray {
    let sizes = MatrixSizes(shape, other.shape, transposingLeft, transposingRight)
    require(dtype == other.dtype, "a matrix product of \(dtype) and \(other.dtype)")
    if let residual = epilogue.residual {
      require(
        residual.count == sizes.result.count && residual.shape.innermost == sizes.n,
        "the sum of a result of shape \(sizes.result) and a shortcut of shape \(residual.shape)")
    }
    switch dtype {
    case .float32:
      let result = NDArray(uninitialized: sizes.result, .float32)
      for index in 0..<sizes.products {
        let problem = MatrixProblem(
          a: pointer() + index * sizes.m * sizes.k, aRow: transposingLeft ? 1 : sizes.k,
          aStep: transposingLeft ? sizes.m : 1,
          b: other.pointer() + index * sizes.k * sizes.n, bRow: transposingRight ? 1 : sizes.n,
          bColumn: transposingRight ? sizes.k : 1,
          c: result.mutablePointer() + index * sizes.m * sizes.n, m: sizes.m, k: sizes.k, n: sizes.n,
          bOwner: sizes.products == 1 ? other.storage : nil)
        problem.solve(epilogue)
      }
      return result
    case .float64:
      let result = plainProduct(other, sizes, transposingLeft, transposingRight)
      return epilogue.isEmpty ? result : epilogue.appliedPlainly(to: result)
    case .int32, .uint8:
      fatalError("a matrix product needs floating-point arrays, not \(dtype)")
    }
  }

  /// The oracle: three loops.
  private func plainProduct(_ other: NDArray, _ sizes: MatrixSizes, _ left: Bool, _ right: Bool) -> NDArray {
    let (m, k, n) = (sizes.m, sizes.k, sizes.n)
    let a: UnsafePointer<Double> = pointer()
    let b: UnsafePointer<Double> = other.pointer()
    return NDArray(shape: sizes.result) { (c: UnsafeMutableBufferPointer<Double>) in
      for index in 0..<sizes.products {
        for i in 0..<m {
          for j in 0..<n {
            var sum = 0.0
            for t in 0..<k {
              let x = a[index * m * k + (left ? t * m + i : i * k + t)]
              sum += x * b[index * k * n + (right ? j * k + t : t * n + j)]
            }
            c[(index * m + i) * n + j] = sum
          }
        }
      }
    }
  }
}

extension Epilogue {
  /// The same on float64, step by step, for a result whose last axis holds the columns.
  func appliedPlainly(to sums: NDArray) -> NDArray {
    let columns = sums.shape.innermost
    let scale: [Double]? = scale?.elements()
    let bias: [Double]? = bias?.elements()
    let residual: [Double]? = residual?.elements()
    return NDArray(shape: sums.shape) { (out: UnsafeMutableBufferPointer<Double>) in
      sums.read { (x: UnsafeBufferPointer<Double>) in
        for i in out.indices {
          var y = x[i] * (scale?[i % columns] ?? 1) + (bias?[i % columns] ?? 0) + (residual?[i] ?? 0)
          if relu, y < 0 { y = 0 }
          out[i] = y
        }
      }
    }
  }
}

/// The sizes of a matrix product, checked.
private struct MatrixSizes {
  let m: Int, k: Int, n: Int
  let products: Int
  let result: Shape

  init(_ a: Shape, _ b: Shape, _ left: Bool, _ right: Bool) {
    require(
      a.rank >= 2 && b.rank >= 2, "a matrix product needs matrices, not the shapes \(a) and \(b)")
    let rows = a[a.rank - (left ? 1 : 2)]
    let inner = a[a.rank - (left ? 2 : 1)]
    let columns = b[b.rank - (right ? 2 : 1)]
    let other = b[b.rank - (right ? 1 : 2)]
    require(
      inner == other,
      "a matrix product of \(a)\(left ? "ᵀ" : "") and \(b)\(right ? "ᵀ" : ""): \(inner) ≠ \(other)")
    (k, n) = (inner, columns)
    if a.rank == 2, b.rank == 2 {
      (m, products, result) = (rows, 1, Shape(rows, columns))
      return
    }
    let leading = a.prefix(a.rank - 2)
    if b.rank == 2 {
      require(!left || a.rank == 2, "a stack of transposed matrices \(a) meets the one matrix \(b)")
      m = leading.reduce(1, *) * rows
      products = 1
    } else {
      require(
        leading.elementsEqual(b.prefix(b.rank - 2)),
        "a stack of matrix products of \(a) and \(b): the leading axes differ")
      m = rows
      products = leading.reduce(1, *)
    }
    var shape = Shape(leading)
    shape.append(rows)
    shape.append(columns)
    result = shape
  }
}
