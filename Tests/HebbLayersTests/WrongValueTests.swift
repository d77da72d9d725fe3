import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

/// Values that no layer or loss can mean stop with its name, and are not cut to something that runs.
@Suite struct WrongValueTests {
  @Test func numbersThatAreNoRowOfATable() async {
    let large = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Embedding(5, 4, using: &random)(NDArray([0, 4, 7] as [Int32]))
    }
    expectMessage(large, "Embedding(5 → 4)", "number 7", "[3]", "0..<5")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Embedding(5, 4, padding: 0, using: &random)(NDArray([-1] as [Float]))
    }
    expectMessage(negative, "Embedding(5 → 4, padding 0)", "number -1")
    let fraction = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Embedding(5, 4, using: &random)(NDArray([1, 1.5] as [Float]))
    }
    expectMessage(fraction, "Embedding(5 → 4)", "1.5", "no whole number")
  }

  @Test func labelsThatAreNoClass() async {
    let beyond = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Loss.crossEntropy(NDArray.zeros([2, 3]), NDArray([0, 3] as [Int32]))
    }
    expectMessage(beyond, "cross", "label 3 of row 1", "3 classes")
    let hinge = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Loss.multiclassHinge(NDArray.zeros([2, 3]), NDArray([0, -1] as [Int32]))
    }
    expectMessage(hinge, "multiclass hinge", "label -1 of row 1", "3 classes")
    let fraction = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Loss.crossEntropy(NDArray.zeros([2, 3]), NDArray([0, 0.5] as [Float]))
    }
    expectMessage(fraction, "cross-entropy", "0.5", "no whole number")
  }
}
