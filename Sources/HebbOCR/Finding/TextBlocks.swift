/// Lines gathered to blocks, blocks put in order, blocks parted into paragraphs.
enum TextBlocks {
  /// The lines in reading order, with their numbers of block and paragraph.
  static func ordered(_ lines: [TextLine]) -> [TextLine] {
    let blocks = ReadingOrder.sorted(footersApart(blocks(of: lines), lines), lines)
    var (result, paragraph): ([TextLine], Int) = ([], -1)
    for (number, block) in blocks.enumerated() {
      let begins = paragraphs(block.map { lines[$0] })
      for (place, line) in block.enumerated() {
        if begins[place] { paragraph += 1 }
        result.append(lines[line])
        result[result.count - 1].block = number
        result[result.count - 1].paragraph = paragraph
      }
    }
    return result
  }

  /// A line belongs to the block of the line above where each is the other's nearest, of about its height, and near.
  private static func blocks(of lines: [TextLine]) -> [[Int]] {
    let index = BoxIndex(lines.map(\.box), side: 200)
    var below = [Int](repeating: -1, count: lines.count)
    var above = below
    for (place, line) in lines.enumerated() {
      let reach = 2.2 * max(line.bandHeight, 0.7 * line.box.height)
      var (next, least) = (-1, Float.infinity)
      let area = Box(
        left: line.box.left, top: line.band.bottom - 0.2 * line.bandHeight, right: line.box.right,
        bottom: line.box.bottom + reach)
      var candidates: [Int] = []
      index.forEach(in: area) { other in
        let box = lines[other].box
        guard other != place, lines[other].band.top > line.band.bottom - 0.3 * line.bandHeight,
          line.box.sharedWidth(with: box) > 0.2 * min(line.box.width, box.width)
        else { return }
        candidates.append(other)
        let gap = lines[other].band.top - line.band.bottom
        if gap < least { (next, least) = (other, gap) }
      }
      // Over two columns stands a heading, which is no part of either.
      guard next >= 0, isAlike(line, lines[next]),
        !candidates.contains(where: { $0 != next && lines[$0].sharedBand(with: lines[next]) > 0.3 })
      else { continue }
      below[place] = next
    }
    for place in lines.indices where below[place] >= 0 {
      let next = below[place]
      if above[next] < 0 || lines[above[next]].band.bottom < lines[place].band.bottom { above[next] = place }
    }
    var groups = Groups(lines.count)
    for place in lines.indices where below[place] >= 0 && above[below[place]] == place {
      groups.join(place, below[place])
    }
    return groups.all().map { $0.sorted { (lines[$0].band.top, $0) < (lines[$1].band.top, $1) } }
  }

  /// Cuts the last line off a column where it stands further from the line above than those from each other, and below all
  /// other columns: a footer is no part of the column that it happens to stand under.
  private static func footersApart(_ blocks: [[Int]], _ lines: [TextLine]) -> [[Int]] {
    let columns = blocks.filter { $0.count > 3 }
    guard columns.count > 1 else { return blocks }
    return blocks.flatMap { block -> [[Int]] in
      guard block.count > 3, let last = block.last else { return [block] }
      let bottoms = block.map { lines[$0].band.bottom }
      let pitches = zip(bottoms, bottoms.dropFirst()).map { $1 - $0 }
      let floor = columns.joined().filter { $0 != last }.map { lines[$0].box.bottom }.max() ?? 0
      guard pitches[pitches.count - 1] > 1.5 * Array(pitches.dropLast()).median, lines[last].box.top >= floor else {
        return [block]
      }
      return [block.dropLast(), [last]]
    }
  }

  private static func isAlike(_ a: TextLine, _ b: TextLine) -> Bool {
    let (low, high) = (min(a.bandHeight, b.bandHeight), max(a.bandHeight, b.bandHeight))
    return high < 1.35 * low || max(a.box.height, b.box.height) < 1.25 * min(a.box.height, b.box.height)
  }

  /// Whether lines of different lengths share their middle.
  private static func isCentred(_ block: [TextLine]) -> Bool {
    guard block.count > 2, let box = block.map(\.box).enclosing() else { return false }
    let height = block[0].bandHeight
    let isRagged = block.count { $0.box.left > box.left + height } * 3 > block.count
    return isRagged && block.count { abs($0.box.centreX - box.centreX) < height } * 5 > block.count * 4
  }

  /// Whether each line begins a paragraph: it is indented against the lines around it, or stands further below the line before
  /// it than is usual.
  private static func paragraphs(_ block: [TextLine]) -> [Bool] {
    guard block.count > 1 else { return [true] }
    let pitches = (1..<block.count).map { block[$0].band.bottom - block[$0 - 1].band.bottom }
    let pitch = pitches.median
    let isCentred = isCentred(block)
    return block.indices.map { i in
      guard i > 0 else { return true }
      if pitches[i - 1] > 1.3 * pitch { return true }
      guard !isCentred else { return false }
      let height = block[i].bandHeight
      let before = block[i - 1].box.left
      let indent = block[i].box.left - before
      guard i + 1 < block.count else { return indent > 0.9 * height && indent < 8 * height && i > 1 }
      let after = block[i + 1].box.left
      return indent > 0.8 * height && block[i].box.left - after > 0.8 * height && indent < 8 * height
        || i > 1 && indent > 0.8 * height && abs(block[i - 2].box.left - before) < 0.4 * height
          && block[i].box.left - after > -0.4 * height && indent < 6 * height
          && block[i - 1].box.right < block[i - 2].box.right - height
    }
  }
}

/// The order in which blocks are read: columns from left to right, each from top to bottom.
///
/// One block comes before another where they share columns and it stands above, or where it lies to the left and no block
/// between them in height spans both. Single lines above or below everything else, headers and footers, come first and last.
///
/// - Source: Breuel 2003 (High Performance Document Layout Analysis), the two rules; headers and footers are ours.
enum ReadingOrder {
  static func sorted(_ blocks: [[Int]], _ lines: [TextLine]) -> [[Int]] {
    let boxes = blocks.map { $0.map { lines[$0].box }.enclosing()! }
    let bodies = blocks.indices.filter { blocks[$0].count > 1 }
    guard let body = bodies.map({ boxes[$0] }).enclosing() else {
      return order(Array(blocks.indices), boxes).map { blocks[$0] }
    }
    let single = blocks.indices.filter { blocks[$0].count == 1 }
    func rows(_ places: [Int]) -> [Int] { order(places, boxes) }
    let header = single.filter { boxes[$0].bottom <= body.top + 0.3 * boxes[$0].height }
    let footer = single.filter { boxes[$0].top >= body.bottom - 0.3 * boxes[$0].height }
    let apart = Set(header + footer)
    let middle = order(blocks.indices.filter { !apart.contains($0) }, boxes)
    return (rows(header) + middle + rows(footer)).map { blocks[$0] }
  }

  private static func order(_ places: [Int], _ boxes: [Box]) -> [Int] {
    let places = places.sorted { (boxes[$0].top, boxes[$0].left, $0) < (boxes[$1].top, boxes[$1].left, $1) }
    // The rules look at all triples; a page that is cut into so many blocks is noise, or a table.
    guard places.count <= 400 else { return places }
    func comesBefore(_ a: Int, _ b: Int) -> Bool {
      let (first, second) = (boxes[a], boxes[b])
      if first.sharedWidth(with: second) > 0.1 * min(first.width, second.width) { return first.top < second.top }
      guard first.centreX < second.centreX else { return false }
      let (top, bottom) = (min(first.centreY, second.centreY), max(first.centreY, second.centreY))
      return !places.contains { c in
        c != a && c != b && boxes[c].centreY > top && boxes[c].centreY < bottom
          && boxes[c].sharedWidth(with: first) > 0 && boxes[c].sharedWidth(with: second) > 0
      }
    }
    var result: [Int] = []
    var state = [Int: Bool]()  // false while its predecessors are visited, true when it is placed
    func visit(_ place: Int) {
      guard state[place] == nil else { return }
      state[place] = false
      for other in places where other != place && state[other] == nil && comesBefore(other, place) { visit(other) }
      state[place] = true
      result.append(place)
    }
    for place in places { visit(place) }
    return result
  }
}
