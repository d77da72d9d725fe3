import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

/// Pooling over sequences of their own lengths gives what each sequence gives alone.
@Suite struct GlobalPoolTests {
  @Test(arguments: [DType.float32, .float64]) func lengthsAreRespected(_ dtype: DType) {
    var values = random([3, 7, 4], seed: 1).elements(as: Double.self)
    let lengths = [7, 2, 5]
    for index in values.indices where index / 4 % 7 >= lengths[index / 28] { values[index] = .nan }
    let x = NDArray(values, shape: [3, 7, 4]).cast(to: dtype)
    let mean = GlobalAveragePool1D()(Tensor(x), lengths: lengths).value
    let largest = GlobalMaxPool1D()(Tensor(x), lengths: lengths).value
    for (row, length) in lengths.enumerated() {
      let alone = x.row(row).sliced(axis: 0, from: 0, to: length).expanded(at: 0)
      expectClose(mean.row(row), GlobalAveragePool1D()(alone).row(0), 1e-6, "mean of \(length)")
      expectClose(largest.row(row), GlobalMaxPool1D()(alone).row(0), 0, "largest of \(length)")
    }
  }

  @Test func lengthsThatCannotBe() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GlobalMaxPool1D()(Tensor(.zeros([2, 3, 1])), lengths: [0, 3])
    }
    expectMessage(result, "GlobalMaxPool1D", "[0, 3]", "[2, 3, 1]")
  }
}
