import HebbArrays
import HebbAutograd
import HebbTesting
import Testing

/// What PyTorch gave for each op: made by the script beside the file.
private let reference = Reference("HebbAutogradTests/Reference/ops")

@Suite struct OpTests {
  @Test(arguments: OpCase.all) func isRight(_ row: OpCase) {
    for problem in checkOp(row) { Issue.record("\(problem)") }
  }

  @Test(arguments: OpCase.all, [DType.float64, .float32])
  func agreesWithPyTorch(_ row: OpCase, _ dtype: DType) throws {
    let expected = try #require(reference.array(row.name))
    let (value, gradients) = row.run(row.shapes, dtype)
    var start = 0
    for (index, array) in ([value] + gradients).enumerated() {
      try #require(start + array.count <= expected.count)
      let truth = expected.sliced(axis: 0, from: start, to: start + array.count).reshaped(array.shape)
      start += array.count
      let problem = distance(array, from: truth, allowed: dtype == .float64 ? 1e-10 : 1e-5)
      let name = index == 0 ? "the value" : "the gradient of input \(index - 1)"
      #expect(problem == nil, "\(name) is \(problem ?? "")")
    }
    #expect(start == expected.count)
  }

  @Test func everyReferenceIsUsed() {
    #expect(Set(OpCase.all.map(\.name)) == Set(reference.names))
  }
}

extension OpCase {
  static let all =
    arithmetic + activations + reductions + structure + products + convolutions + pooling + normalization + losses
}
