/// Boxes by their places, to ask which lie near: a grid of cells, each with the boxes that reach into it.
struct BoxIndex {
  private let origin: (x: Float, y: Float)
  private let side: Float
  private let columns: Int
  private let rows: Int
  private let starts: [Int32]
  private let members: [Int32]
  private let boxes: [Box]

  /// - Parameter side: of a cell; a few times as long as what is looked for. A box that reaches into more than some
  ///   thousand cells makes the cells larger.
  init(_ boxes: [Box], side: Float) {
    self.boxes = boxes
    let extent = boxes.enclosing() ?? Box(left: 0, top: 0, right: 1, bottom: 1)
    var side = max(side, 1)
    while Double(extent.width / side) * Double(extent.height / side) > 1_000_000 { side *= 2 }
    self.side = side
    origin = (extent.left, extent.top)
    let (columns, rows) = (Int(extent.width / side) + 1, Int(extent.height / side) + 1)
    (self.columns, self.rows) = (columns, rows)
    var counts = [Int32](repeating: 0, count: rows * columns + 1)
    let origin = origin
    func cells(_ box: Box) -> (x: ClosedRange<Int>, y: ClosedRange<Int>) {
      BoxIndex.cells(box, origin, side, columns, rows)
    }
    for box in boxes {
      let (x, y) = cells(box)
      for row in y { for column in x { counts[row * columns + column + 1] += 1 } }
    }
    for i in 1..<counts.count { counts[i] += counts[i - 1] }
    var places = counts
    var members = [Int32](repeating: 0, count: Int(counts[counts.count - 1]))
    for (index, box) in boxes.enumerated() {
      let (x, y) = cells(box)
      for row in y {
        for column in x {
          members[Int(places[row * columns + column])] = Int32(index)
          places[row * columns + column] += 1
        }
      }
    }
    (starts, self.members) = (counts, members)
  }

  private static func cells(
    _ box: Box, _ origin: (x: Float, y: Float), _ side: Float, _ columns: Int, _ rows: Int
  ) -> (x: ClosedRange<Int>, y: ClosedRange<Int>) {
    func range(_ low: Float, _ high: Float, _ count: Int) -> ClosedRange<Int> {
      let last = count - 1
      let first = max(0, min(last, Int(max(-1, min(low, 1e9)))))
      return first...max(first, min(last, Int(max(-1, min(high, 1e9)))))
    }
    return (
      range((box.left - origin.x) / side, (box.right - origin.x) / side, columns),
      range((box.top - origin.y) / side, (box.bottom - origin.y) / side, rows)
    )
  }

  /// Calls `body` with every box that touches `area`, once, cell by cell.
  @inline(__always)
  func forEach(in area: Box, _ body: (Int) -> Void) {
    let (x, y) = BoxIndex.cells(area, origin, side, columns, rows)
    for row in y {
      for column in x {
        let cell = row * columns + column
        for place in Int(starts[cell])..<Int(starts[cell + 1]) {
          let index = Int(members[place])
          let box = boxes[index]
          guard box.left < area.right, box.right > area.left, box.top < area.bottom, box.bottom > area.top else {
            continue
          }
          // A box in several cells is met in the first of them that the area reaches.
          let own = BoxIndex.cells(box, origin, side, columns, rows)
          guard max(own.x.lowerBound, x.lowerBound) == column, max(own.y.lowerBound, y.lowerBound) == row else {
            continue
          }
          body(index)
        }
      }
    }
  }
}

/// Sets of numbers that are joined step by step; the lowest number stands for its set.
struct Groups {
  private var parent: [Int]

  init(_ count: Int) { parent = Array(0..<count) }

  mutating func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index {
      parent[index] = parent[parent[index]]
      index = parent[index]
    }
    return index
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    parent[max(a, b)] = min(a, b)
  }

  /// The sets, each in ascending order, ordered by their lowest numbers.
  mutating func all() -> [[Int]] {
    var place = [Int](repeating: -1, count: parent.count)
    var sets: [[Int]] = []
    for index in parent.indices {
      let root = root(index)
      if place[root] < 0 {
        place[root] = sets.count
        sets.append([])
      }
      sets[place[root]].append(index)
    }
    return sets
  }
}
