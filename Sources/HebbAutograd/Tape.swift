import HebbArrays

/// What was computed, in order, with the way back through each step.
///
/// A flat array that is walked backwards: a graph of linked nodes would overflow the stack after some 100,000 steps. A
/// tape belongs to the task that records on it.
final class Tape {
  /// One step: how many inputs it has, and how a gradient of its result becomes gradients of theirs.
  private struct Entry {
    var inputCount: Int
    var pullback: ((NDArray) -> [NDArray?])?
  }

  // A tape belongs to one task, and nothing here calls back while it writes: checks for overlapping accesses would only
  // cost time.
  @exclusivity(unchecked) private var entries: [Entry] = []
  /// Where the inputs of all entries are on the tape, one entry's after the other's; −1 is a constant.
  @exclusivity(unchecked) private var inputs: [Int32] = []
  @exclusivity(unchecked) private var leaves: [(parameter: Parameter, node: Int32)] = []
  @exclusivity(unchecked) private var isWalked = false

  /// Is shown every result before it is recorded, with the parameter that was read last: to find where something began.
  @exclusivity(unchecked) var watch: ((NDArray, Parameter?) -> Void)?

  /// Whether gradients of parameters are wanted.
  let followsParameters: Bool

  init(followsParameters: Bool) {
    self.followsParameters = followsParameters
    entries.reserveCapacity(32)
    inputs.reserveCapacity(64)
    if followsParameters { leaves.reserveCapacity(16) }
  }

  /// Names an input of the step that is recorded next, by its node; −1 is a constant.
  func take(_ node: Int32, of tape: Tape?) {
    require(
      tape == nil || tape === self,
      "tensors of two different valueAndGradients meet in one op: pass the `value` of one of them")
    inputs.append(node)
  }

  /// A new step whose result is followed; its `inputCount` inputs were taken before.
  func record(_ result: NDArray, inputCount: Int, _ pullback: @escaping (NDArray) -> [NDArray?]) -> Int32 {
    watch?(result, leaves.last?.parameter)
    require(
      !isWalked, "a tensor of a finished valueAndGradients was used again: keep its `value`, not the tensor itself")
    entries.append(Entry(inputCount: inputCount, pullback: pullback))
    return Int32(entries.count - 1)
  }

  /// A new starting point: a parameter or an input whose gradient is wanted.
  func leaf(_ parameter: Parameter? = nil) -> Int32 {
    require(!isWalked, "a parameter was read on the tape of a finished valueAndGradients")
    entries.append(Entry(inputCount: 0, pullback: nil))
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
      let firstInput = inputs.count - entry.inputCount
      defer { inputs.removeLast(entry.inputCount) }
      guard let pullback = entry.pullback, let dy = gradients[entries.count].take() else { continue }
      var inputGradients = pullback(dy)
      require(inputGradients.count == entry.inputCount, "a pullback gives one gradient an input")
      for index in inputGradients.indices {
        let input = Int(inputs[firstInput + index])
        guard input >= 0, let dx = inputGradients[index].take() else { continue }
        if gradients[input] == nil {
          gradients[input] = dx
        } else {
          gradients[input]!.accumulate(dx)
        }
      }
    }
    return gradients
  }

  /// The gradients of the parameters, from those of all nodes; a parameter that was read more than once gets their sum.
  func collect(_ gradients: inout [NDArray?]) -> Gradients {
    var collected = Gradients(capacity: leaves.count)
    for (parameter, node) in leaves {
      guard let gradient = gradients[Int(node)].take() else { continue }
      collected.add(gradient, to: parameter)
    }
    return collected
  }
}
