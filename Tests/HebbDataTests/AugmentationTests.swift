import HebbArrays
import HebbData
import Testing

@Suite struct AugmentationTests {
  private let digits = Digits.load()
  private let everything: [any Augmentation] = [
    Flip(), RandomCrop(padding: 1), Rotation(degrees: 20), Shift(fraction: 0.2), Noise(deviation: 1), CutOut(side: 3),
  ]

  @Test func batchesAreKeyedByEpochAndSampleAlone() {
    let forward = digits.batch(at: [3, 9, 4], augmentedBy: everything, seed: 1, epoch: 2)
    let other = digits.batch(at: [9, 100], augmentedBy: everything, seed: 1, epoch: 2)
    #expect(
      Array(forward.inputs.elements(as: Float.self)[64..<128]) == Array(other.inputs.elements(as: Float.self)[..<64]))
    let later = digits.batch(at: [3, 9, 4], augmentedBy: everything, seed: 1, epoch: 3)
    #expect(later.inputs.elements(as: Float.self) != forward.inputs.elements(as: Float.self))
    let plain = Loader(digits, batchSize: 50, augmentations: everything, prefetch: 0).batches(epoch: 1)
    let ahead = Loader(digits, batchSize: 50, augmentations: everything, prefetch: 3).batches(epoch: 1)
    for (a, b) in zip(plain, ahead) { #expect(a.inputs.elements(as: Float.self) == b.inputs.elements(as: Float.self)) }
  }

  /// 0, 1, 2, … as a picture.
  private func ramp(_ height: Int, _ width: Int) -> NDArray {
    NDArray((0..<height * width).map { Float($0) }, shape: [height, width, 1])
  }

  @Test func aFlipMirrorsColumns() {
    var random = Philox(seed: 0)
    #expect(Flip(probability: 1)(ramp(2, 3), using: &random).elements(as: Float.self) == [2, 1, 0, 5, 4, 3])
    #expect(Flip(probability: 0)(ramp(2, 3), using: &random).elements(as: Float.self) == [0, 1, 2, 3, 4, 5])
  }

  @Test func aCropMovesByWholePixels() {
    var seen: Set<[Float]> = []
    var random = Philox(seed: 5)
    for _ in 0..<300 { seen.insert(RandomCrop(padding: 1, fill: 9)(ramp(2, 2), using: &random).elements()) }
    #expect(seen.count == 9)
    #expect(seen.contains([0, 1, 2, 3]) && seen.contains([3, 9, 9, 9]) && seen.contains([9, 9, 9, 0]))
  }

  @Test func nothingMovesWithoutRange() {
    var random = Philox(seed: 5)
    let picture = ramp(5, 4)
    for still in [Rotation(degrees: 0), Shift(fraction: 0), RandomCrop(padding: 0)] as [any Augmentation] {
      #expect(still(picture, using: &random).elements(as: Float.self) == picture.elements(as: Float.self))
    }
  }

  @Test func rotationKeepsTheCentreAndLinearRamps() {
    var random = Philox(seed: 8)
    let turned = Rotation(degrees: 30)(ramp(9, 9), using: &random).elements(as: Float.self)
    #expect(abs(turned[40] - 40) < 1e-3)
    // On a plane bilinear values are exact, and a turn about the centre keeps opposite pixels opposite.
    for (row, column) in [(3, 4), (4, 6), (2, 3)] {
      #expect(abs(turned[row * 9 + column] + turned[(8 - row) * 9 + 8 - column] - 80) < 1e-3)
    }
  }

  @Test func cutOutCoversASquare() {
    var random = Philox(seed: 2)
    for _ in 0..<50 {
      let changed = CutOut(side: 2)(.ones([6, 6, 1]), using: &random).elements(as: Float.self)
      #expect([1, 2, 4].contains(changed.count { $0 == 0 }))
    }
  }

  @Test func noiseHasItsDeviation() {
    var random = Philox(seed: 3)
    let noise = Noise(deviation: 4)(.zeros([100, 100, 1]), using: &random).elements(as: Float.self)
    let variance = noise.reduce(0.0) { $0 + Double($1) * Double($1) } / 10_000
    #expect(variance > 15 && variance < 17)
  }
}
