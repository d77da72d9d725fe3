import HebbArrays

/// The weights of a recurrent layer as tensors; see ``Recurrence/Weights``.
package struct RecurrentWeights {
  package var input: Tensor, state: Tensor, bias: Tensor
  package var candidateBias: Tensor?, peephole: Tensor?, projection: Tensor?

  package init(
    input: Tensor, state: Tensor, bias: Tensor, candidateBias: Tensor? = nil, peephole: Tensor? = nil,
    projection: Tensor? = nil
  ) {
    (self.input, self.state, self.bias) = (input, state, bias)
    (self.candidateBias, self.peephole, self.projection) = (candidateBias, peephole, projection)
  }

  var values: Recurrence.Weights {
    Recurrence.Weights(
      input: input.value, state: state.value, bias: bias.value, candidateBias: candidateBias?.value,
      peephole: peephole?.value, projection: projection?.value)
  }

  /// Those that are there, in a fixed order.
  var present: [Tensor] { [input, state, bias] + [candidateBias, peephole, projection].compactMap(\.self) }
}

extension Tensor {
  /// A recurrent layer over sequences.
  ///
  ///     tanh, ReLU:  h′ = φ(x U + h W + b)
  ///     LSTM:  i, f, g, o = x U + h W + b     c′ = σ(f) ⊙ c + σ(i) ⊙ tanh g     h′ = σ(o) ⊙ tanh c′
  ///     GRU:   r, z = σ(x U + h W + b)     n = tanh(x Uₙ + bₙ + r ⊙ (h Wₙ + qₙ))     h′ = (1 − z) ⊙ n + z ⊙ h
  ///
  /// - Parameters:
  ///   - hidden, memory: h and c before the first step; zeros where nil.
  ///   - lengths: int32 `[batch]`, the steps of each sequence. Behind them the outputs are zero, and the state stays.
  ///   - isReversed: whether each sequence is read from its last step to its first.
  /// - Shapes: `[batch, time, inputs]` → outputs `[batch, time, outputs]`, h `[batch, outputs]`, c `[batch, units]`.
  package func recurrent(
    _ cell: Recurrence.Cell, _ weights: RecurrentWeights, hidden: Tensor?, memory: Tensor?, lengths: NDArray?,
    isReversed: Bool
  ) -> (outputs: Tensor, hidden: Tensor, memory: Tensor?) {
    guard dtype == .float32 else {
      return PlainRecurrence(cell, weights, lengths: lengths, isReversed: isReversed)
        .run(self, hidden: hidden, memory: memory)
    }
    let (x, h, c) = (value, hidden?.value, memory?.value)
    let layer = Recurrence(cell, weights.values, lengths: lengths, isReversed: isReversed)
    let states = [hidden, memory].compactMap(\.self)
    let inputs = [self] + weights.present + states
    let isFollowed = inputs.contains(where: \.isTracked)
    let trace = layer.forward(x, hidden: h, memory: c, keeping: isFollowed)
    let results = [trace.outputs, trace.hidden] + (trace.memory.map { [$0] } ?? [])
    guard isFollowed else {
      return (Tensor(results[0]), Tensor(results[1]), results.count > 2 ? Tensor(results[2]) : nil)
    }
    var wishes: Recurrence.Wishes = isTracked ? .x : []
    if weights.present.contains(where: \.isTracked) { wishes.insert(.weights) }
    let (hasHidden, hasMemory) = (hidden != nil, memory != nil)
    let tensors = Tensor.results(results, from: inputs) { dy in
      let d = layer.backward(
        trace, x, hidden: h, memory: c, outputs: dy[0], lastHidden: dy[1], lastMemory: dy.count > 2 ? dy[2] : nil,
        wishes: wishes)
      let w = layer.weights
      var gradients = [d.x, d.input, d.state, d.bias]
      if w.candidateBias != nil { gradients.append(d.candidateBias) }
      if w.peephole != nil { gradients.append(d.peephole) }
      if w.projection != nil { gradients.append(d.projection) }
      if hasHidden { gradients.append(d.hidden) }
      if hasMemory { gradients.append(d.memory) }
      return gradients
    }
    return (tensors[0], tensors[1], tensors.count > 2 ? tensors[2] : nil)
  }
}
