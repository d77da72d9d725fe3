import HebbArrays

/// What was computed, in order, with the way back through each step.
///
/// A flat array that is walked backwards: a graph of linked nodes would overflow the stack after some 100,000 steps. A
/// tape belongs to the task that records on it.
final class Tape {
  /// One step: where its inputs are on the tape, and how a gradient of its result becomes gradients of theirs.
  struct Entry {
    var inputs: [Int32]
    var pullback: ((NDArray) -> [NDArray?])?
  }

  private(set) var entries: [Entry] = []
  private var leaves: [(parameter: Parameter, node: Int32)] = []
  private var isWalked = false

  /// Whether gradients of parameters are wanted.
  let followsParameters: Bool

  init(followsParameters: Bool) {
    self.followsParameters = followsParameters
    entries.reserveCapacity(32)
  }

  /// A new step whose result is followed.
  func record(_ inputs: [Int32], _ pullback: @escaping (NDArray) -> [NDArray?]) -> Int32 {
    require(
      !isWalked, "a tensor of a finished valueAndGradients was used again: keep its `value`, not the tensor itself")
    entries.append(Entry(inputs: inputs, pullback: pullback))
    return Int32(entries.count - 1)
  }

  /// A new starting point: a parameter or an input whose gradient is wanted.
  func leaf(_ parameter: Parameter? = nil) -> Int32 {
    require(!isWalked, "a parameter was read on the tape of a finished valueAndGradients")
    entries.append(Entry(inputs: [], pullback: nil))
    let node = Int32(entries.count - 1)
    if let parameter { leaves.append((parameter, node)) }
    return node
  }

  /// Walks from `result` back to the leaves. Each entry is dropped as the walk passes it, and with it what it had saved.
  ///
  /// - Returns: the gradient of each node that is a leaf; nil for leaves that `result` does not depend on.
  func walk(from result: Int32, gradient: NDArray) -> [NDArray?] {
    isWalked = true
    var gradients = [NDArray?](repeating: nil, count: entries.count)
    gradients[Int(result)] = gradient
    while let entry = entries.popLast() {
      let node = entries.count
      guard let pullback = entry.pullback, let dy = gradients[node] else { continue }
      gradients[node] = nil
      let inputGradients = pullback(dy)
      require(inputGradients.count == entry.inputs.count, "a pullback gives one gradient an input")
      for (input, dx) in zip(entry.inputs, inputGradients) where input >= 0 {
        guard let dx else { continue }
        if gradients[Int(input)] == nil {
          gradients[Int(input)] = dx
        } else {
          gradients[Int(input)]!.accumulate(dx)
        }
      }
    }
    return gradients
  }

  /// The gradients of the parameters, from those of all nodes; a parameter that was read more than once gets their sum.
  func collect(_ gradients: inout [NDArray?]) -> Gradients {
    var collected = Gradients()
    for (parameter, node) in leaves {
      guard let gradient = gradients[Int(node)] else { continue }
      gradients[Int(node)] = nil
      collected.add(gradient, to: parameter)
    }
    return collected
  }
}
