import HebbArrays
import HebbData
import Testing

@Suite struct NormalizationTests {
  @Test func fittingGivesMeanZeroAndVarianceOne() {
    let iris = Iris.load()
    let fitted = iris.normalized(by: Normalization(fitting: iris.inputs)).all.inputs.elements(as: Float.self)
    for feature in 0..<4 {
      let column = stride(from: feature, to: fitted.count, by: 4).map { Double(fitted[$0]) }
      #expect(abs(column.reduce(0, +)) < 1e-3)
      #expect(abs(column.reduce(0) { $0 + $1 * $1 } / 150 - 1) < 1e-5)
    }
  }

  @Test(arguments: [1, 3, 6, 12]) func bytesAndFloatsAgree(numbers: Int) {
    let bytes = NDArray((0..<120).map { UInt8($0 * 2) }, shape: [10, 2, 2, 3])
    let normalization = Normalization(
      mean: (0..<numbers).map { Float($0) + 0.3 }, deviation: (0..<numbers).map { Float($0) * 0.7 + 0.1 })
    let expected = (0..<120).map {
      (Float($0 * 2) - normalization.mean[$0 % numbers]) / normalization.deviation[$0 % numbers]
    }
    #expect(normalization.normalized(bytes).elements(as: Float.self) == expected)
    #expect(normalization.normalized(bytes.cast(to: .float32)).elements(as: Float.self) == expected)
  }

  @Test func aFeatureThatNeverChangesKeepsItsScale() {
    let fitted = Normalization(fitting: NDArray([Float](repeating: 3, count: 8), shape: [8, 1]))
    #expect(fitted.deviation == [1] && fitted.mean == [3])
  }

  @Test func numbersComeBack() {
    let normalization = Normalization(mean: [0.1307, 7], deviation: [0.3081, 2])
    #expect(Normalization(numbers: normalization.numbers) == normalization)
    #expect(Normalization(numbers: ["mean": [1], "deviation": [0]]) == nil)
    #expect(Normalization(numbers: ["mean": [1]]) == nil)
  }
}
