/// Which way the lines of a page run, from how its components lie to each other.
enum TextDirection {
  /// Whether lines run down the page: the gaps between neighbours below each other are then smaller than those between
  /// neighbours side by side.
  ///
  /// Pieces of characters are joined to cells first, so that the gaps inside a character do not count.
  static func isDownward(_ boxes: [Box], size: Float) -> Bool {
    let cells = cells(boxes.filter { isGlyph($0, size) }, size: size)
    guard cells.count >= 2 else { return false }
    let index = BoxIndex(cells, side: 2 * size)
    let step = max(1, cells.count / 3000)
    var (across, down): ([Float], [Float]) = ([], [])
    for place in stride(from: 0, to: cells.count, by: step) {
      let cell = cells[place]
      let reach = 4 * max(cell.width, cell.height)
      var (gapAcross, gapDown) = (reach, reach)
      index.forEach(in: cell.grown(reach, reach)) { other in
        guard other != place else { return }
        let box = cells[other]
        if box.centreX > cell.centreX, cell.sharedHeight(with: box) > 0.5 * min(cell.height, box.height) {
          gapAcross = min(gapAcross, max(0, box.left - cell.right))
        }
        if box.centreY > cell.centreY, cell.sharedWidth(with: box) > 0.5 * min(cell.width, box.width) {
          gapDown = min(gapDown, max(0, box.top - cell.bottom))
        }
      }
      guard gapAcross < reach || gapDown < reach else { continue }
      across.append(gapAcross / size)
      down.append(gapDown / size)
    }
    guard !across.isEmpty else { return false }
    return down.median + 0.02 < 0.6 * across.median
  }

  static func isGlyph(_ box: Box, _ size: Float) -> Bool {
    let (long, short) = (max(box.width, box.height), min(box.width, box.height))
    return long >= 0.4 * size && long <= 3 * size && short >= 0.08 * size
  }

  /// Boxes that overlap or nearly touch, joined while what comes out is no larger than a character.
  private static func cells(_ boxes: [Box], size: Float) -> [Box] {
    let limit = 1.25 * max(size, boxes.map { max($0.width, $0.height) }.quantile(0.8))
    var boxes = boxes.sorted { $0.area > $1.area }
    let index = BoxIndex(boxes, side: 2 * size)
    var owner = [Int](repeating: -1, count: boxes.count)
    for place in boxes.indices where owner[place] < 0 {
      owner[place] = place
      var cell = boxes[place]
      index.forEach(in: cell.grown(0.12 * size, 0.12 * size)) { other in
        guard owner[other] < 0 else { return }
        let joined = cell.joined(with: boxes[other])
        guard joined.width <= limit, joined.height <= limit else { return }
        cell = joined
        owner[other] = place
      }
      boxes[place] = cell
    }
    return boxes.indices.filter { owner[$0] == $0 }.map { boxes[$0] }
  }
}
