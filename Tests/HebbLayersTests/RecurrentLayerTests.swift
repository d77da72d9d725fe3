import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

/// States, steps and lengths fit together: the same sequence in one piece, in two, or step by step.
@Suite struct RecurrentLayerTests {
  /// Only the biases of the forget gates change, and the numbers drawn for what follows stay the same.
  @Test func forgetGatesCanBeginOpen() {
    func draw(_ make: (LSTM) -> LSTM) -> (LSTM, NDArray) {
      var random = Philox(seed: 4)
      return (make(LSTM(3, 2, using: &random)), .normal([3], using: &random))
    }
    let ((plain, after), (open, same)) = (draw { $0 }, draw { $0.withForgetBias(1) })
    let (a, b) = (plain.bias.value.elements(as: Float.self), open.bias.value.elements(as: Float.self))
    #expect(b[2...3] == [1, 1] && b[..<2] == a[..<2] && b[4...] == a[4...])
    #expect(after.fingerprint == same.fingerprint)
    #expect(plain.inputWeight.value.fingerprint == open.inputWeight.value.fingerprint)
  }

  static func layers() -> [any RecurrentLayer] {
    var random = Philox(seed: 4)
    return [
      RNN(3, 5, using: &random), ReLURNN(3, 5, using: &random), LSTM(3, 5, using: &random), GRU(3, 5, using: &random),
      PeepholeLSTM(3, 5, using: &random), ProjectedLSTM(3, 5, outputs: 4, using: &random),
      Stacked([LSTM(3, 5, using: &random), GRU(5, 16, using: &random)], dropout: 0.5),
    ]
  }

  @Test(arguments: 0..<7) func piecesAndStepsGiveTheWhole(_ index: Int) {
    let layer = Self.layers()[index]
    let x = random([2, 6, 3], seed: 8, dtype: .float32)
    let (y, end) = layer.run(Tensor(x))
    let (first, middle) = layer.run(Tensor(x.sliced(axis: 1, from: 0, to: 2)))
    let (second, last) = layer.run(Tensor(x.sliced(axis: 1, from: 2, to: 6)), from: middle)
    let joined = NDArray.concatenated([first.value, second.value], axis: 1)
    #expect(joined.fingerprint == y.value.fingerprint, "\(layer) in two pieces")
    #expect(last.tensors.map(\.value.fingerprint) == end.tensors.map(\.value.fingerprint))
    var state: RecurrentState?
    let steps = (0..<6).map { layer.step(Tensor(x.sliced(axis: 1, from: $0, to: $0 + 1).squeezed(1)), &state).value }
    #expect(NDArray.stacked(steps, axis: 1).fingerprint == y.value.fingerprint, "\(layer) step by step")
    #expect(state?.tensors.count == layer.stateCount)
  }

  @Test(arguments: 0..<8) func paddingChangesNothing(_ index: Int) {
    var random = Philox(seed: 5)
    let both = Bidirectional(LSTM(3, 5, using: &random), GRU(3, 4, using: &random))
    let layer: any RecurrentLayer = index < 7 ? Self.layers()[index] : both
    let x = HebbLayersTests.random([3, 5, 3], seed: 8, dtype: .float32)
    let lengths = [2, 5, 0]
    let (y, end) = layer.run(Tensor(x), lengths: lengths)
    for (row, length) in lengths.enumerated() {
      let rest = y.value.row(row).sliced(axis: 0, from: length, to: 5).abs().sum().scalar
      #expect(rest == 0)
      let alone = x[row..<row + 1].sliced(axis: 1, from: 0, to: length)
      let (z, last) = layer.run(Tensor(alone))
      let kept = y.value.row(row).sliced(axis: 0, from: 0, to: length)
      #expect(kept.fingerprint == z.value.row(0).fingerprint, "\(layer), sequence \(row)")
      let (whole, single) = (layer.summary(of: end).value.row(row), layer.summary(of: last).value.row(0))
      #expect(whole.fingerprint == single.fingerprint, "\(layer), sequence \(row)")
    }
  }

  @Test func variationalDropoutDropsTheSameAtEveryStep() {
    let x = NDArray.ones([2, 4, 100])
    let layer = VariationalDropout(0.5)
    let y = Pass.training(seed: 3) { layer(Tensor(x)).value }
    for step in 1..<4 {
      let (a, b) = (y.sliced(axis: 1, from: 0, to: 1), y.sliced(axis: 1, from: step, to: step + 1))
      let difference = (a - b).abs().max().scalar
      #expect(difference == 0)
    }
    let kept = y.greater(than: 0).mean().scalar
    #expect(kept > 0.3 && kept < 0.7)
    let inference = layer(x)
    #expect(inference.fingerprint == x.fingerprint)
  }

  @Test func mistakesStop() async {
    let lengths = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = LSTM(3, 4, using: &random).run(Tensor(.zeros([2, 5, 3])), lengths: [5, 6])
    }
    expectMessage(lengths, "[5, 6]", "2 sequences")
    let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      let layer = Bidirectional(RNN(3, 4, using: &random), RNN(3, 4, using: &random))
      var state: RecurrentState?
      _ = layer.step(Tensor(.zeros([2, 3])), &state)
    }
    expectMessage(steps, "backwards")
    let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      let other = RecurrentState([Tensor(.zeros([2, 4])), Tensor(.zeros([3, 4]))])
      _ = LSTM(3, 4, using: &random).run(Tensor(.zeros([2, 5, 3])), from: other)
    }
    expectMessage(state, "[2, 4]", "[3, 4]")
  }
}
