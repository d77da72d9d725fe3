import HebbArrays
import HebbData
import Testing

/// Sums and single samples counted in the files of scikit-learn's `load_digits` and `load_iris`.
@Suite struct BuiltInTests {
  @Test func digitsAreThoseOfScikitLearn() {
    let digits = Digits.load()
    #expect(digits.inputs.shape == [1797, 8, 8, 1])
    let pixels = digits.inputs.elements(as: UInt8.self)
    #expect(pixels.reduce(0) { $0 + Int($1) } == 561_718)
    #expect(pixels.max() == 16)
    #expect(Array(pixels[..<16]) == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0])
    #expect(
      (0..<10).map { label in digits.labels.count { $0 == label } } == [
        178, 182, 177, 183, 181, 182, 181, 179, 174, 180,
      ])
    #expect(digits.batch(at: [0]).inputs.elements(as: Float.self)[3] == Float(13) / 16)
  }

  @Test func irisIsThatOfScikitLearn() {
    let iris = Iris.load()
    #expect(iris.inputs.shape == [150, 4])
    #expect(Array(iris.inputs.elements(as: Float.self)[..<4]) == [5.1, 3.5, 1.4, 0.2])
    #expect(Array(iris.inputs.elements(as: Float.self)[34 * 4..<35 * 4]) == [4.9, 3.1, 1.5, 0.2])
    let sum = iris.inputs.elements(as: Float.self).reduce(0.0) { $0 + Double($1) }
    #expect(abs(sum - 2078.7) < 1e-4)
    #expect((0..<3).map { label in iris.labels.count { $0 == label } } == [50, 50, 50])
  }
}
