import HebbArrays
import HebbData
import Testing

@Suite struct SplitsTests {
  private let iris = Iris.load()

  @Test func aSplitSharesEverySampleOut() {
    let (train, test) = iris.split(testFraction: 0.3, seed: 4)
    #expect(test.count == 45 && train.count == 105)
    #expect((train.indices + test.indices).sorted() == Array(0..<150))
    #expect(iris.split(testFraction: 0.3, seed: 4).test.indices == test.indices)
    #expect(iris.split(testFraction: 0.3, seed: 5).test.indices != test.indices)
  }

  @Test func aStratifiedSplitKeepsProportions() {
    let (train, test) = iris.stratifiedSplit(testFraction: 0.2, seed: 1)
    for label in 0..<3 {
      #expect(test.labels.count { $0 == label } == 10)
      #expect(train.labels.count { $0 == label } == 40)
    }
  }

  @Test(arguments: [true, false]) func foldsTestEverySampleOnce(stratified: Bool) {
    let folds = stratified ? iris.stratifiedFolds(7, seed: 2) : iris.folds(7, seed: 2)
    #expect(folds.flatMap(\.test.indices).sorted() == Array(0..<150))
    for fold in folds {
      #expect((fold.train.indices + fold.test.indices).sorted() == Array(0..<150))
      #expect(fold.test.count == 21 || fold.test.count == 22)
      guard stratified else { continue }
      for label in 0..<3 { #expect((7...8).contains(fold.test.labels.count { $0 == label })) }
    }
  }

  @Test func aSubsetIsAView() {
    let subset = iris.subset([149, 0])
    #expect(subset.labels == [2, 0])
    #expect(subset.batch(at: [1, 0]).inputs.elements(as: Float.self) == iris.batch(at: [0, 149]).inputs.elements())
  }
}
