import HebbArrays

// What an updater remembers, for training loops that save their own checkpoints.

extension Updater {
  /// All that the next step depends on beside the weights: arrays and numbers by the names of the parameters.
  public var state: (step: Int, arrays: [(name: String, value: NDArray)]) {
    var arrays: [(name: String, value: NDArray)] = []
    for slot in slots {
      guard let kept = slot.state else { continue }
      for (name, array) in zip(optimizer.stateNames, kept.arrays) { arrays.append(("\(name).\(slot.name)", array)) }
      if !kept.numbers.isEmpty { arrays.append(("numbers.\(slot.name)", NDArray(kept.numbers))) }
    }
    return (step, arrays)
  }

  /// Goes back to what ``state`` was.
  ///
  /// - Returns: whether the arrays fit this updater's parameters and optimiser; if not, nothing is changed.
  public mutating func restore(step: Int, arrays: [String: NDArray]) -> Bool {
    var restored = slots
    for (index, slot) in slots.enumerated() {
      let kept = optimizer.stateNames.compactMap { arrays["\($0).\(slot.name)"] }
      let numbers = arrays["numbers.\(slot.name)"]
      if kept.isEmpty, numbers == nil {
        restored[index].state = nil
        continue
      }
      let values = numbers?.dtype == .float64 ? numbers?.elements(as: Double.self) ?? [] : []
      guard kept.count == optimizer.stateNames.count, values.count == optimizer.initialNumbers.count,
        kept.allSatisfy({ $0.shape == slot.parameter.shape && $0.dtype == slot.parameter.value.dtype })
      else { return false }
      restored[index].state = OptimizerState(arrays: kept, numbers: values)
    }
    (slots, self.step) = (restored, step)
    return true
  }
}
