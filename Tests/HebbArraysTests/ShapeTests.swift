import HebbArrays
import Testing

@Suite struct ShapeTests {
  @Test func broadcastingAlignsAtTheBack() {
    #expect(Shape([4, 1, 3]).broadcast(with: [5, 1]) == [4, 5, 3])
    #expect(Shape([]).broadcast(with: [2]) == [2])
    #expect(Shape([2]).broadcast(with: [3]) == nil)
  }

  @Test func axesCountFromBothEnds() {
    let shape: Shape = [2, 3, 4]
    #expect(shape.axis(-1) == 2)
    #expect(shape.split(at: 1) == (2, 3, 4))
    #expect(shape.removing(0) == [3, 4])
    #expect(shape.inserting(1, at: -1) == [2, 3, 4, 1])
  }
}
