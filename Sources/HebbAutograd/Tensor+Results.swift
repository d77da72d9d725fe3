import HebbArrays

extension Tensor {
  /// Several results of one op.
  ///
  /// - Parameter pullback: the gradients of the results, nil for those that none flows into → the gradients of the inputs.
  static func results(
    _ values: [NDArray], from inputs: [Tensor], pullback: @escaping ([NDArray?]) -> [NDArray?]
  ) -> [Tensor] {
    let arrived = Arrivals(count: values.count)
    // The tape walks back through the results first: each leaves its gradient, and the op takes them all.
    let op = Tensor(.zeros([]), from: inputs) { _ in pullback(arrived.gradients) }
    guard op.isTracked else { return values.map { Tensor($0) } }
    return values.enumerated().map { index, value in
      Tensor(value, from: op) { dy in
        arrived.gradients[index] = dy
        return [.zeros([])]
      }
    }
  }

  private final class Arrivals {
    var gradients: [NDArray?]
    init(count: Int) { gradients = Array(repeating: nil, count: count) }
  }
}
