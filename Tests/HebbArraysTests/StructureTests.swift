import HebbArrays
import Testing

/// All places of a shape, in row-major order.
private func places(_ shape: Shape) -> [[Int]] {
  var all: [[Int]] = [[]]
  for extent in shape { all = all.flatMap { place in (0..<extent).map { place + [$0] } } }
  return all
}

extension NDArray {
  fileprivate func at(_ place: [Int]) -> Double {
    element(zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 })
  }
}

@Suite struct StructureTests {
  @Test(arguments: DType.allCases) func transpositionMovesAxes(_ dtype: DType) {
    let x = NDArray.range(2 * 3 * 4 * 5).reshaped([2, 3, 4, 5]).cast(to: dtype)
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3], [1, 3, 0, 2], [0, 3, 1, 2]] {
      let y = x.transposed(order)
      for place in places(y.shape) {
        var source = place
        for (i, axis) in order.enumerated() { source[axis] = place[i] }
        #expect(y.at(place) == x.at(source))
      }
    }
    #expect(x.transposed().transposed().fingerprint == x.fingerprint)
  }

  @Test func largeTranspositions() {
    let x = wave([300, 211], dtype: .float32)
    let y = x.transposed()
    #expect(y.shape == [211, 300])
    #expect((0..<300).allSatisfy { r in (0..<211).allSatisfy { y.at([$0, r]) == x.at([r, $0]) } })
    expectSameBitsForThreads { [x.transposed(), wave([64, 50, 40], dtype: .float32).transposed([2, 0, 1])] }
  }

  @Test func reshapingSharesAndInfers() {
    let x = NDArray.range(24)
    #expect(x.reshaped(2, -1, 4).shape == [2, 3, 4])
    #expect(x.reshaped([2, 3, 4]).flattened(from: 1).shape == [2, 12])
    #expect(x.reshaped([24, 1]).squeezed(-1).expanded(at: 0).shape == [1, 24])
  }

  @Test(arguments: DType.allCases) func slicesAndTheirGradients(_ dtype: DType) {
    let x = NDArray.range(5 * 6 * 3).reshaped([5, 6, 3]).cast(to: dtype)
    for (axis, from, to, by) in [(0, 1, 4, 1), (1, 0, 6, 2), (1, 1, 6, 3), (2, 2, 3, 1), (0, 0, 5, 2), (1, 3, 3, 1)] {
      let y = x.sliced(axis: axis, from: from, to: to, by: by)
      let back = y.sliceGradient(shape: x.shape, axis: axis, from: from, to: to, by: by)
      for place in places(y.shape) {
        var source = place
        source[axis] = from + place[axis] * by
        #expect(y.at(place) == x.at(source))
      }
      for place in places(x.shape) {
        let taken = place[axis] >= from && place[axis] < to && (place[axis] - from) % by == 0
        #expect(back.at(place) == (taken ? x.at(place) : 0))
      }
    }
    #expect(x[1..<3].shape == [2, 6, 3] && x.row(2).at([1, 1]) == x.at([2, 1, 1]))
  }

  @Test func writingASliceLeavesTheWhole() {
    let x = NDArray.range(6).reshaped([3, 2])
    var row = x.row(1)
    row.mutate { (e: UnsafeMutableBufferPointer<Int32>) in e[0] = 99 }
    #expect(x.elements(as: Int32.self) == [0, 1, 2, 3, 4, 5] && row.elements(as: Int32.self) == [99, 3])
  }

  @Test(arguments: DType.allCases) func joiningAndSplitting(_ dtype: DType) {
    let parts = [2, 0, 1, 4].map { n in wave([3, n, 5], phase: Double(n), times: 30).cast(to: dtype) }
    let joined = NDArray.concatenated(parts, axis: 1)
    #expect(joined.shape == [3, 7, 5])
    #expect(joined.at([1, 2, 4]) == parts[2].at([1, 0, 4]) && joined.at([2, 6, 0]) == parts[3].at([2, 3, 0]))
    let back = joined.split([2, 0, 1, 4], axis: 1)
    #expect(zip(back, parts).allSatisfy { $0.fingerprint == $1.fingerprint })
    let stack = NDArray.stacked([parts[0], parts[0]], axis: -1)
    #expect(stack.shape == [3, 2, 5, 2] && stack.at([2, 1, 3, 1]) == parts[0].at([2, 1, 3]))
  }

  @Test(arguments: DType.allCases) func framesFlipsAndRepetitions(_ dtype: DType) {
    let x = NDArray.range(6).reshaped([2, 3]).cast(to: dtype)
    let frame = [(before: 1, after: 0), (before: 2, after: 1)]
    let padded = x.padded(frame, with: 7)
    #expect(padded.doubles == [7, 7, 7, 7, 7, 7, 7, 7, 0, 1, 2, 7, 7, 7, 3, 4, 5, 7])
    #expect(padded.paddingGradient(frame).fingerprint == x.fingerprint)
    #expect(x.flipped([1]).doubles == [2, 1, 0, 5, 4, 3] && x.flipped([0, -1]).doubles == [5, 4, 3, 2, 1, 0])
    #expect(x.repeated(2, axis: 1).doubles == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    #expect(x.tiled(2, axis: 1).doubles == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
    #expect(
      x.expanded(at: 1).broadcast(to: [2, 2, 2, 3]).doubles == [
        0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5, 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5,
      ])
    #expect(NDArray(3.0).cast(to: dtype).broadcast(to: [2, 2]).doubles == [3, 3, 3, 3])
  }

  @Test(arguments: [DType.float32, .float64]) func gatheringRowsAndBack(_ dtype: DType) {
    let table = wave([7, 2, 3], dtype: dtype)
    let numbers = NDArray([3, 0, 3, 6] as [Int32], shape: [2, 2])
    let y = table.gathered(rows: numbers)
    #expect(y.shape == [2, 2, 2, 3] && y.at([1, 0, 1, 2]) == table.at([3, 1, 2]))
    let back = y.scatterAdded(rows: numbers, count: 7)
    #expect(back.shape == table.shape)
    #expect(back.at([3, 1, 1]) == 2 * table.at([3, 1, 1]) && back.at([1, 0, 0]) == 0)
  }

  @Test func embeddingGradientsAreTheSameForAllThreads() {
    let dy = wave([600, 130], dtype: .float32)
    let numbers = NDArray((0..<600).map { Int32($0 * 7 % 50) })
    expectSameBitsForThreads {
      [dy.scatterAdded(rows: numbers, count: 50), dy.gathered(rows: numbers)]
    }
  }

  @Test(arguments: DType.allCases) func pickingOnePerRow(_ dtype: DType) {
    let x = NDArray.range(12).reshaped([2, 2, 3]).cast(to: dtype)
    let numbers = NDArray([2, 0, 1, 1] as [Int32], shape: [2, 2])
    let y = x.gathered(alongLastAxis: numbers)
    #expect(y.doubles == [2, 3, 7, 10])
    #expect(y.scattered(alongLastAxis: numbers, width: 3).doubles == [0, 0, 2, 3, 0, 0, 0, 7, 0, 0, 10, 0])
    #expect(numbers.oneHot(classes: 3).doubles == [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0])
  }

  @Test func anIndexOutOfRangeStops() async {
    await #expect(processExitsWith: .failure) {
      _ = NDArray.zeros([3, 2]).gathered(rows: NDArray([3] as [Int32]))
    }
  }

  @Test func fingerprintsTellArraysApart() {
    let x = wave([4, 6], dtype: .float32)
    #expect(x.fingerprint == wave([4, 6], dtype: .float32).fingerprint)
    var all = Set([
      x.fingerprint, x.reshaped([6, 4]).fingerprint, x.reshaped([24]).fingerprint, x.transposed().fingerprint,
    ])
    for i in 0..<24 {
      var y = x
      y.mutate { (e: UnsafeMutableBufferPointer<Float>) in e[i] = -e[i] }
      all.insert(y.fingerprint)
    }
    #expect(all.count == 28)
    #expect(NDArray([1, 2, 3] as [UInt8]).fingerprint == 7_268_118_179_953_669_478)
  }
}
