import HebbArrays

/// Linear least squares with a penalty, solved at once.
///
///     W = (Aᵀ A + λ I)⁻¹ Aᵀ Y
enum RidgeRegression {
  /// - Parameters:
  ///   - a: `[samples, features]`, float32.
  ///   - y: `[samples, outputs]`
  ///   - penalty: λ; where the system is singular, just enough is added for a solution.
  /// - Returns: `[features, outputs]`
  static func solve(_ a: NDArray, _ y: NDArray, penalty: Double) -> NDArray {
    let n = a.shape[1]
    let outputs = y.shape[1]
    // Sums of products of float32 in float64: a normal equation squares the condition.
    let (gram, right) = products(a, y)
    let trace = (0..<n).reduce(0.0) { $0 + gram[$1 * n + $1] }
    var lift = penalty
    while true {
      if let solution = cholesky(gram, right, n, outputs, lift) {
        return NDArray(solution.map { Float($0) }, shape: [n, outputs])
      }
      lift = max(lift * 10, trace / Double(n) * 1e-12, 1e-30)
    }
  }

  private static func products(_ a: NDArray, _ y: NDArray) -> ([Double], [Double]) {
    let (rows, n, outputs) = (a.shape[0], a.shape[1], y.shape[1])
    return a.read { (a: UnsafeBufferPointer<Float>) in
      y.read { (y: UnsafeBufferPointer<Float>) in
        var gram = [Double](repeating: 0, count: n * n)
        var right = [Double](repeating: 0, count: n * outputs)
        gram.withUnsafeMutableBufferPointer { gram in
          right.withUnsafeMutableBufferPointer { right in
            let (gram, right) = (gram.baseAddress!, right.baseAddress!)
            ThreadPool.shared.run(n) { i in
              for row in 0..<rows {
                let x = Double(a[row * n + i])
                guard x != 0 else { continue }
                for j in 0...i { gram[i * n + j] += x * Double(a[row * n + j]) }
                for k in 0..<outputs { right[i * outputs + k] += x * Double(y[row * outputs + k]) }
              }
            }
          }
        }
        return (gram, right)
      }
    }
  }

  /// The lower triangle is read; nil where the matrix is not positive.
  private static func cholesky(
    _ gram: [Double], _ right: [Double], _ n: Int, _ outputs: Int, _ lift: Double
  ) -> [Double]? {
    var l = gram
    for i in 0..<n {
      l[i * n + i] += lift
      for j in 0...i {
        var sum = l[i * n + j]
        for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
        if i == j {
          guard sum > 1e-13 * (gram[i * n + i] + lift), sum.isFinite else { return nil }
          l[i * n + i] = sum.squareRoot()
        } else {
          l[i * n + j] = sum / l[j * n + j]
        }
      }
    }
    var x = right
    for o in 0..<outputs {
      for i in 0..<n {
        for k in 0..<i { x[i * outputs + o] -= l[i * n + k] * x[k * outputs + o] }
        x[i * outputs + o] /= l[i * n + i]
      }
      for i in stride(from: n - 1, through: 0, by: -1) {
        for k in i + 1..<max(n, i + 1) { x[i * outputs + o] -= l[k * n + i] * x[k * outputs + o] }
        x[i * outputs + o] /= l[i * n + i]
      }
    }
    return x
  }
}
