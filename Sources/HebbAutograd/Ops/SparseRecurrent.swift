import HebbArrays

/// The weights of a recurrent layer on a graph as tensors; see ``SparseRecurrence/Weights``.
package struct SparseRecurrentWeights {
  package var gates: Tensor, gateBias: Tensor, candidate: Tensor, candidateBias: Tensor

  package init(gates: Tensor, gateBias: Tensor, candidate: Tensor, candidateBias: Tensor) {
    (self.gates, self.gateBias, self.candidate, self.candidateBias) = (gates, gateBias, candidate, candidateBias)
  }

  var values: SparseRecurrence.Weights {
    SparseRecurrence.Weights(
      gates: gates.value, gateBias: gateBias.value, candidate: candidate.value, candidateBias: candidateBias.value)
  }

  var all: [Tensor] { [gates, gateBias, candidate, candidateBias] }
}

extension Tensor {
  /// The features of nodes and what walks on a graph bring, side by side.
  ///
  ///     T₀ = x        T₁ = P x        Tₖ = 2 P Tₖ₋₁ − Tₖ₋₂        for every walk P
  ///
  /// - Shape: `[…, nodes, features]` → `[…, nodes, terms · features]`.
  public func diffused(by diffusion: SparseDiffusion) -> Tensor {
    var terms = diffusion.includesSelf ? [self] : []
    for walk in diffusion.walks {
      var (before, last) = (self, multiplied(onLeft: walk))
      terms.append(last)
      for _ in 1..<diffusion.steps {
        (before, last) = (last, 2 * last.multiplied(onLeft: walk) - before)
        terms.append(last)
      }
    }
    return terms.count == 1 ? terms[0] : .concatenated(terms, axis: -1)
  }

  /// A gated recurrent layer over the nodes of a graph; see ``SparseRecurrence``.
  ///
  /// - Parameters:
  ///   - hidden: h before the first step; zeros where nil.
  ///   - lengths: int32 `[batch]`, the steps of each sample. Behind them the outputs are zero, and the state stays.
  ///   - isReversed: whether each sample is read from its last step to its first.
  /// - Shapes: `[batch, time, nodes, inputs]` → outputs `[batch, time, nodes, units]` and h `[batch, nodes, units]`.
  package func recurrent(
    on diffusion: SparseDiffusion, _ weights: SparseRecurrentWeights, hidden: Tensor?, lengths: NDArray?,
    isReversed: Bool
  ) -> (outputs: Tensor, hidden: Tensor) {
    guard dtype == .float32 else {
      return plainlyRecurrent(on: diffusion, weights, hidden: hidden, lengths: lengths, isReversed: isReversed)
    }
    let (x, h) = (value, hidden?.value)
    let layer = SparseRecurrence(diffusion, weights.values, lengths: lengths, isReversed: isReversed)
    let inputs = [self] + weights.all + (hidden.map { [$0] } ?? [])
    let isFollowed = inputs.contains(where: \.isTracked)
    let trace = layer.forward(x, hidden: h, keeping: isFollowed)
    guard isFollowed else { return (Tensor(trace.outputs), Tensor(trace.hidden)) }
    var wishes: Recurrence.Wishes = isTracked ? .x : []
    if weights.all.contains(where: \.isTracked) { wishes.insert(.weights) }
    let results = Tensor.results([trace.outputs, trace.hidden], from: inputs) { dy in
      let d = layer.backward(trace, x, hidden: h, outputs: dy[0], lastHidden: dy[1], wishes: wishes)
      return [d.x, d.gates, d.gateBias, d.candidate, d.candidateBias] + (h == nil ? [] : [d.hidden])
    }
    return (results[0], results[1])
  }

  /// The same written out step by step in other ops: what it is, slowly. Float64 runs on it.
  private func plainlyRecurrent(
    on diffusion: SparseDiffusion, _ weights: SparseRecurrentWeights, hidden: Tensor?, lengths: NDArray?,
    isReversed: Bool
  ) -> (outputs: Tensor, hidden: Tensor) {
    let (batch, time, nodes) = (shape[0], shape[1], shape[2])
    let units = weights.candidateBias.value.count
    var h = hidden ?? Tensor(.zeros([batch, nodes, units], dtype: dtype))
    var results = [Tensor?](repeating: nil, count: time)
    for step in 0..<time {
      let t = isReversed ? time - 1 - step : step
      let x = sliced(axis: 1, from: t, to: t + 1).squeezed(1)
      func sum(_ state: Tensor, _ weight: Tensor, _ bias: Tensor) -> Tensor {
        Tensor.concatenated([x, state], axis: -1).diffused(by: diffusion).linear(weight, bias)
      }
      let gates = sum(h, weights.gates, weights.gateBias).sigmoid().split([units, units], axis: -1)
      let n = sum(gates[0] * h, weights.candidate, weights.candidateBias).tanh()
      let after = n + gates[1] * (h - n)
      guard let lengths else {
        (h, results[t]) = (after, after)
        continue
      }
      let runs = lengths.cast(to: dtype).greater(than: Double(t)).reshaped(-1, 1, 1)
      h = .select(runs, after, h)
      results[t] = .select(runs, after, Tensor(.zeros(h.shape, dtype: dtype)))
    }
    let all = results.compactMap(\.self)
    return (all.isEmpty ? Tensor(.zeros([batch, 0, nodes, units], dtype: dtype)) : .stacked(all, axis: 1), h)
  }
}
