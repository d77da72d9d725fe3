import HebbArrays

/// An orthonormal basis of the rows of a matrix, by Gram and Schmidt's method, each row twice, in float64.
struct OrthonormalRows {
  /// `[rank, columns]`
  let rows: NDArray

  init(_ x: NDArray) {
    let width = x.shape[1]
    let wide: [Double] = x.cast(to: .float64).elements()
    var basis: [[Double]] = []
    for start in stride(from: 0, to: wide.count, by: width) {
      var row = Array(wide[start..<start + width])
      let length = OrthonormalRows.dot(row, row)
      for _ in 0..<2 {
        for other in basis {
          let part = OrthonormalRows.dot(row, other)
          for i in 0..<width { row[i] -= part * other[i] }
        }
      }
      let left = OrthonormalRows.dot(row, row)
      if left > 1e-18 * length, left > 0 { basis.append(row.map { $0 / left.squareRoot() }) }
    }
    rows = NDArray(basis.joined().map { Float($0) }, shape: [basis.count, width])
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
