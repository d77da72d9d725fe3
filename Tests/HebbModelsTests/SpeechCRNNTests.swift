import HebbArrays
import HebbAutograd
import HebbModels
import Testing

@Suite struct SpeechCRNNTests {
  private func network(_ features: Int = 12) -> SpeechCRNN {
    var random = Philox(seed: 3)
    return SpeechCRNN(features: features, labels: 4, channels: [4, 6], units: 5, using: &random)
  }

  @Test func twoFramesMakeAStep() {
    let model = network()
    for frames in [1, 2, 3, 8, 9] {
      let y = model(Tensor(.zeros([2, frames, 12])))
      #expect(y.shape == [2, SpeechCRNN.steps(frames), 5])
    }
    #expect([0, 1, 2, 3, 8, 9].map(SpeechCRNN.steps) == [0, 1, 1, 2, 4, 5])
  }

  /// What a sequence gives does not depend on what it stands beside.
  @Test func paddingChangesNothing() {
    let model = network(13)
    var random = Philox(seed: 4)
    for (short, long) in [(7, 16), (8, 9), (1, 30)] {
      let x = NDArray.normal([1, short, 13], using: &random)
      let other = NDArray.normal([1, long, 13], using: &random)
      let padded = NDArray.concatenated([x, .zeros([1, long - short, 13])], axis: 1)
      let alone = model(Tensor(x)).value
      let together = model(Tensor(.concatenated([padded, other], axis: 0)), lengths: [short, long]).value
      let part = together.row(0)[0..<SpeechCRNN.steps(short)]
      #expect((part - alone.row(0)).abs().max().scalar < 1e-6)
    }
  }

  @Test func everyParameterLearns() {
    let model = network()
    var random = Philox(seed: 5)
    let x = Tensor(NDArray.normal([3, 20, 12], using: &random))
    let (loss, gradients) = Pass.training(seed: 1, step: 0) {
      valueAndGradients {
        model(x, lengths: [20, 14, 9]).ctcLosses(labels: [[1, 2], [3], []], lengths: [10, 7, 5]).sum()
      }
    }
    #expect(loss.scalar > 0)
    for (name, parameter) in model.namedParameters where parameter.role != .buffer {
      #expect(gradients[parameter].map { $0.abs().sum().scalar > 0 } == true, "\(name)")
    }
  }
}
