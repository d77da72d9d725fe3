/// Pixels of ink in one row that follow each other: columns `start ..< end`.
struct InkRun {
  var row: Int32
  var start: Int32
  var end: Int32
}

/// Pixels of ink that touch each other, by an edge or a corner.
struct InkComponent {
  var left: Int32
  var top: Int32
  var right: Int32
  var bottom: Int32
  var area: Int32
  /// Its runs: `runs[first ..< first + count]`, from top to bottom.
  var first: Int32
  var count: Int32

  var width: Int { Int(right - left) }
  var height: Int { Int(bottom - top) }
  var runs: Range<Int> { Int(first)..<Int(first + count) }
}

/// The connected components of an ink map, in the order of their first run.
///
/// Two passes over runs rather than pixels: the first joins runs of adjacent rows that touch in a union-find forest, where
/// the root is the lowest index; the second gathers the runs of each root.
///
/// - Source: He, Chao and Suzuki 2008, doi:10.1109/TIP.2008.919369.
struct InkComponents {
  private(set) var components: [InkComponent] = []
  private(set) var runs: [InkRun] = []

  init(_ map: InkMap) {
    let (found, rows) = InkComponents.runs(of: map)
    var parent = [Int32](0..<Int32(found.count))
    parent.withUnsafeMutableBufferPointer { parent in
      found.withUnsafeBufferPointer { found in
        for row in 1..<max(1, map.height) {
          InkComponents.join(found, above: rows[row - 1]..<rows[row], below: rows[row]..<rows[row + 1], parent)
        }
      }
    }
    gather(found, &parent)
  }

  private static func runs(of map: InkMap) -> (runs: [InkRun], rows: [Int]) {
    var runs: [InkRun] = []
    runs.reserveCapacity(map.width * map.height / 64)
    var rows = [0]
    rows.reserveCapacity(map.height + 1)
    map.ink.withUnsafeBufferPointer { ink in
      for y in 0..<map.height {
        let line = UnsafeRawPointer(ink.baseAddress! + y * map.width)
        var x = 0
        while x < map.width {
          // Eight pixels without ink at once.
          while x + 8 <= map.width, line.loadUnaligned(fromByteOffset: x, as: UInt64.self) == 0 { x += 8 }
          while x < map.width, line.load(fromByteOffset: x, as: UInt8.self) == 0 { x += 1 }
          guard x < map.width else { break }
          let start = x
          while x < map.width, line.load(fromByteOffset: x, as: UInt8.self) != 0 { x += 1 }
          runs.append(InkRun(row: Int32(y), start: Int32(start), end: Int32(x)))
        }
        rows.append(runs.count)
      }
    }
    return (runs, rows)
  }

  private static func join(
    _ runs: UnsafeBufferPointer<InkRun>, above: Range<Int>, below: Range<Int>,
    _ parent: UnsafeMutableBufferPointer<Int32>
  ) {
    var upper = above.lowerBound
    for lower in below {
      while upper < above.upperBound, runs[upper].end < runs[lower].start { upper += 1 }
      var touching = upper
      while touching < above.upperBound, runs[touching].start <= runs[lower].end {
        let (a, b) = (root(Int32(touching), parent), root(Int32(lower), parent))
        if a < b { parent[Int(b)] = a } else { parent[Int(a)] = b }
        touching += 1
      }
    }
  }

  private static func root(_ index: Int32, _ parent: UnsafeMutableBufferPointer<Int32>) -> Int32 {
    var index = index
    while parent[Int(index)] != index {
      parent[Int(index)] = parent[Int(parent[Int(index)])]
      index = parent[Int(index)]
    }
    return index
  }

  private mutating func gather(_ found: [InkRun], _ parent: inout [Int32]) {
    // A root comes before its members, so one walk numbers everything.
    var label = [Int32](repeating: 0, count: found.count)
    for (index, run) in found.enumerated() {
      let up = Int(parent[index])
      if up == index {
        label[index] = Int32(components.count)
        components.append(
          InkComponent(
            left: run.start, top: run.row, right: run.end, bottom: run.row + 1, area: 0, first: 0, count: 0))
      } else {
        parent[index] = parent[up]
        label[index] = label[up]
      }
      let c = Int(label[index])
      components[c].left = min(components[c].left, run.start)
      components[c].right = max(components[c].right, run.end)
      components[c].bottom = max(components[c].bottom, run.row + 1)
      components[c].area += run.end - run.start
      components[c].count += 1
    }
    var next: Int32 = 0
    for c in components.indices {
      components[c].first = next
      next += components[c].count
    }
    runs = [InkRun](unsafeUninitializedCapacity: found.count) { out, count in
      var places = components.map(\.first)
      for (index, run) in found.enumerated() {
        let c = Int(label[index])
        out[Int(places[c])] = run
        places[c] += 1
      }
      count = found.count
    }
  }
}
