import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

@Suite struct SnapshotTests {
  @Test func servesFromManyTasksWhileTheModelTrains() async {
    var random = Philox(seed: 1)
    let model = Sequential {
      Conv2D(1, 8, kernel: 3, using: &random)
      BatchNorm(8)
      ReLU()
      Dropout(0.5)
      Flatten()
      Linear(8 * 36, 4, using: &random)
    }
    let x = NDArray.normal([2, 8, 8, 1], using: &random)
    let expected = model(x).fingerprint
    let snapshot = model.snapshot()
    let trainer = Task.detached {
      for step in 0..<60 {
        let (_, gradients) = Pass.training(seed: 1, step: step) {
          valueAndGradients { model(Tensor(x)).squared().sum() }
        }
        for (parameter, gradient) in zip(gradients.parameters, gradients.values) {
          parameter.update { $0 = $0 - gradient * 0.01 }
        }
      }
    }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { (0..<50).allSatisfy { _ in snapshot(x).fingerprint == expected } }
      }
      for await same in group { #expect(same) }
    }
    await trainer.value
    #expect(model(x).fingerprint != expected)
    #expect(snapshot(x).fingerprint == expected)
    let (_, inputs, gradients) = valueAndGradients(at: [x]) { snapshot($0[0]).sum() }
    #expect(gradients.parameters.isEmpty && inputs[0].abs().sum().scalar > 0)
    #expect(Pass.training(seed: 3) { snapshot(x) }.fingerprint == expected)
    snapshot.restore()
    #expect(model(x).fingerprint == expected)
    #expect(snapshot.values.keys.sorted() == model.values.keys.sorted())
  }

  /// A layer that opens a pass of its own reads the snapshot's values in it, and so does a snapshot of its own parts.
  @Test func anInnerPassKeepsItsValues() {
    var random = Philox(seed: 2)
    let inner = Linear(3, 3, using: &random)
    let model = Asking(inner: inner)
    let x = NDArray.normal([2, 3], using: &random)
    let expected = model(x).fingerprint
    let snapshot = model.snapshot()
    let outer = Asking(inner: Linear(3, 3, using: &random))
    inner.weight.value = .zeros([3, 3])
    #expect(snapshot(x).fingerprint == expected && model(x).fingerprint != expected)
    let other = outer.snapshot()
    #expect(Pass.inference { other(x) }.fingerprint == outer(x).fingerprint)
  }
}

/// A layer that infers, whatever is done around it.
private struct Asking: Layer {
  let inner: Linear
  var members: Members { ["inner": inner] }
  func callAsFunction(_ x: Tensor) -> Tensor { Pass.inference { inner(x) } }
}
