import HebbArrays

/// Numbers between −2 and 2 that the reference scripts can make too: a linear congruence, rounded to float32, so that both
/// element types hold the same.
package func wave(_ shape: Shape, phase: Int, dtype: DType = .float64) -> NDArray {
  var state = 1000 * phase + 12345
  let values = (0..<shape.count).map { _ in
    state = (state * 1_103_515_245 + 12345) % 2_147_483_648
    return Float(Double(state) / 2_147_483_648 * 4 - 2)
  }
  return NDArray(values, shape: shape).cast(to: dtype)
}
