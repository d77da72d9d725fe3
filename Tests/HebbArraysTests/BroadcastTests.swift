import HebbArrays
import Testing

/// A shape whose axes are at random those of `full`, stretched or left out at the front.
func stretched(_ full: [Int], using random: inout Philox) -> [Int] {
  let kept = full.dropFirst(Int.random(in: 0...full.count, using: &random))
  return kept.map { Bool.random(using: &random) ? $0 : 1 }
}

/// The element of an array at an index of a shape that it broadcasts to, found the slow way.
func element(_ x: NDArray, _ index: [Int]) -> Double {
  var position = 0
  for (axis, extent) in x.shape.enumerated() {
    let i = index[index.count - x.rank + axis]
    position = position * extent + (extent == 1 ? 0 : i)
  }
  return x.element(position)
}

func indices(_ shape: Shape) -> [[Int]] {
  shape.reduce([[]]) { lists, extent in lists.flatMap { list in (0..<extent).map { list + [$0] } } }
}

@Suite struct BroadcastTests {
  @Test(arguments: [DType.float32, .float64, .int32]) func agreesWithBruteForce(_ dtype: DType) {
    var random = Philox(seed: 5)
    for _ in 0..<150 {
      let full = (0..<Int.random(in: 0...6, using: &random)).map { _ in Int.random(in: 1...4, using: &random) }
      let a = NDArray.uniform(Shape(stretched(full, using: &random)), in: -9...9, using: &random).cast(to: dtype)
      let b = NDArray.uniform(Shape(stretched(full, using: &random)), in: -9...9, using: &random).cast(to: dtype)
      let sum = a + b
      let difference = a - b
      let product = a * b
      let mask = a.greater(than: b)
      let chosen = mask.select(a, b)
      let top = NDArray.maximum(a, b)
      #expect(sum.shape == a.shape.broadcast(with: b.shape))
      for (i, index) in indices(sum.shape).enumerated() {
        let (x, y) = (element(a, index), element(b, index))
        #expect(sum.element(i) == (dtype == .float32 ? Double(Float(x) + Float(y)) : x + y))
        #expect(difference.element(i) == (dtype == .float32 ? Double(Float(x) - Float(y)) : x - y))
        #expect(product.element(i) == (dtype == .float32 ? Double(Float(x) * Float(y)) : x * y))
        #expect(mask.element(i) == (x > y ? 1 : 0))
        #expect(chosen.element(i) == max(x, y) && top.element(i) == max(x, y))
      }
    }
  }

  @Test func largeShapesOfEveryKindAgree() {
    var random = Philox(seed: 6)
    let full: Shape = [3, 70, 5, 67]
    let x = NDArray.normal(full, using: &random)
    for shape: Shape in [[67], [5, 67], [70, 1, 1], [3, 70, 5, 1], [3, 1, 5, 67], [1, 70, 1, 67], [5, 1], []] {
      let y = NDArray.normal(shape, using: &random)
      let quotient = x / y
      let flipped = y - x
      for (i, index) in indices(full).enumerated() {
        let (a, b) = (Float(x.element(i)), Float(element(y, index)))
        guard Float(quotient.element(i)) == a / b, Float(flipped.element(i)) == b - a else {
          Issue.record("\(shape) against \(full) at \(index)")
          break
        }
      }
    }
  }

  @Test func emptyArraysStayEmpty() {
    let empty = NDArray.zeros([0, 3])
    #expect((empty + NDArray.ones([3])).shape == [0, 3])
    #expect((empty * 2).exp().count == 0)
  }

  @Test func comparisonsNeverHoldForNaN() {
    let x = NDArray([Float.nan, 1, 2])
    #expect(x.equal(to: x).elements(as: Float.self) == [0, 1, 1])
    #expect(x.greaterOrEqual(to: 1).elements(as: Float.self) == [0, 1, 1])
    #expect(x.lessOrEqual(to: 1).elements(as: Float.self) == [0, 1, 0])
    #expect(x.less(than: 2).elements(as: Float.self) == [0, 1, 0])
    #expect(NDArray.maximum(x, 1.5).elements(as: Float.self).dropFirst() == [1.5, 2])
    #expect(NDArray.maximum(x, 1.5).element(0).isNaN && NDArray.minimum(NDArray.ones([3]), x).element(0).isNaN)
    #expect(!x.allFinite && NDArray.ones([17]).allFinite)
  }

  @Test func accumulatingKeepsSharedMemory() {
    var a = NDArray([Float](repeating: 1, count: 5))
    let kept = a
    a.accumulate(NDArray.ones([5]))
    a.accumulate(NDArray.ones([5]))
    #expect(a.element(4) == 3 && kept.element(4) == 1)
    #expect(a.addingProduct(kept, -2).element(0) == 1)
  }
}
