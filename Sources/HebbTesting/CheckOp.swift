import HebbArrays
import HebbAutograd

/// Checks an op on all shapes of its row.
///
/// - The float64 gradient against central differences of the float64 value.
/// - Values and gradients in float32 against those in float64: within 1e-5 of the largest element.
/// - Gradients of one input alone against those of all inputs: the same bits.
/// - 1, 2 and 5 threads: the same bits.
///
/// - Returns: what is wrong, one sentence each; nothing for a right op.
package func checkOp(_ row: OpCase) -> [String] {
  ([row.shapes] + row.others).flatMap { shapes in
    let exact = row.run(shapes, .float64)
    let problems =
      checkDifferences(row, shapes, exact) + checkFloat32(row, shapes, exact) + checkAlone(row, shapes, exact.gradients)
      + checkThreads(row, shapes)
    return problems.map { "\(row.name) of \(shapes.map(\.description).joined(separator: ", ")): \($0)" }
  }
}

private typealias Result = (value: NDArray, gradients: [NDArray])

/// Central differences at up to twelve elements of each input.
private func checkDifferences(_ row: OpCase, _ shapes: [Shape], _ exact: Result) -> [String] {
  let inputs = row.inputs(shapes, .float64)
  let upstream = row.resultGradient(exact.value.shape, .float64)
  let step = 1e-5
  var problems: [String] = []
  for (index, x) in inputs.enumerated() {
    let gradient = exact.gradients[index]
    if gradient.shape != x.shape { problems.append("the gradient of input \(index) has the shape \(gradient.shape)") }
    guard x.count > 0, gradient.shape == x.shape else { continue }
    let allowed = 1e-6 * max(1, gradient.abs().max().scalar)
    for place in Set((0..<12).map { $0 * 7919 % x.count }) {
      func value(_ change: Double) -> NDArray {
        var moved = inputs
        moved[index].mutate { (elements: UnsafeMutableBufferPointer<Double>) in elements[place] += change }
        return row.op(moved.map { Tensor($0) }).value
      }
      let slope = ((value(step) - value(-step)) * upstream).sum().scalar / (2 * step)
      let ours = gradient.element(place)
      if !(abs(slope - ours) <= allowed) {
        problems.append("the gradient of input \(index) at \(place) is \(ours); differences say \(slope)")
      }
    }
  }
  return problems
}

private func checkFloat32(_ row: OpCase, _ shapes: [Shape], _ exact: Result) -> [String] {
  let single = row.run(shapes, .float32)
  let names = ["the value"] + shapes.indices.map { "the gradient of input \($0)" }
  return zip(names, zip([single.value] + single.gradients, [exact.value] + exact.gradients)).compactMap { name, pair in
    distance(pair.0, from: pair.1, allowed: 1e-5).map { "\(name) in float32 is \($0)" }
  }
}

/// How two arrays differ by more than `allowed` of the largest element; nil where they do not.
package func distance(_ x: NDArray, from truth: NDArray, allowed: Double) -> String? {
  guard x.shape == truth.shape else { return "of shape \(x.shape), not \(truth.shape)" }
  guard x.count > 0 else { return nil }
  let (x, truth) = (x.cast(to: .float64), truth.cast(to: .float64))
  let largest = truth.abs().max().scalar
  let away = (x - truth).abs().max().scalar
  return away <= allowed * largest ? nil : "off by \(away), where the largest is \(largest)"
}

private func checkAlone(_ row: OpCase, _ shapes: [Shape], _ together: [NDArray]) -> [String] {
  let inputs = row.inputs(shapes, .float64)
  guard inputs.count > 1 else { return [] }
  return inputs.indices.compactMap { index in
    let (_, gradients, _) = valueAndGradients(at: [inputs[index]]) { x in
      var tensors = inputs.map { Tensor($0) }
      tensors[index] = x[0]
      let y = row.op(tensors)
      return (y * Tensor(row.resultGradient(y.shape, .float64))).sum()
    }
    return gradients[0].fingerprint == together[index].fingerprint
      ? nil : "the gradient of input \(index) is another where no other is wanted"
  }
}

private func checkThreads(_ row: OpCase, _ shapes: [Shape]) -> [String] {
  let before = ThreadPool.shared.threads
  defer { ThreadPool.shared.threads = before }
  func bits(_ threads: Int) -> [UInt64] {
    ThreadPool.shared.threads = threads
    let result = row.run(shapes, .float32)
    return ([result.value] + result.gradients).map(\.fingerprint)
  }
  let one = bits(1)
  return [2, 5].compactMap { bits($0) == one ? nil : "\($0) threads give other bits than one" }
}
