/// The gaps between fragments side by side, and which of them part columns.
///
/// A gap grows upwards and downwards as a strip of white until text is in its way, and gives up some of its width for that.
/// A strip that parts several rows is a column's; what merely is a wide space within a line finds no such neighbours.
///
/// - Source: white rectangles as borders of columns are Breuel's (2002, doi:10.1007/3-540-45869-7_23); growing them from the
///   gaps of lines is ours.
struct ColumnGaps {
  private struct Gap {
    let left: Int
    let right: Int
    let box: Box
    /// Whether both could stand in one line; else the gap only tells of columns.
    let canJoin: Bool
  }

  private let fragments: [TextLine]
  private let index: BoxIndex
  private var gaps: [Gap] = []

  init(_ fragments: [TextLine]) {
    self.fragments = fragments
    let boxes = fragments.map { Box(left: $0.box.left, top: $0.band.top, right: $0.box.right, bottom: $0.band.bottom) }
    index = BoxIndex(boxes, side: 4 * boxes.map(\.height).median)
    for place in fragments.indices {
      if let gap = gap(after: place) { gaps.append(gap) }
    }
  }

  /// From a fragment to the next one of its row.
  private func gap(after place: Int) -> Gap? {
    let fragment = fragments[place]
    let reach = 25 * fragment.bandHeight
    var (nearest, joining) = (-1, -1)
    let area = Box(
      left: fragment.box.right - 1.1 * fragment.box.height, top: fragment.band.top, right: fragment.box.right + reach,
      bottom: fragment.band.bottom)
    index.forEach(in: area) { other in
      let next = fragments[other]
      guard other != place, next.box.left > fragment.box.right - 1.1 * fragment.box.height,
        next.box.centreX > fragment.box.centreX, next.box.right > fragment.box.right,
        fragment.sharedBand(with: next) > 0.2 || canJoin(fragment, next)
      else { return }
      if nearest < 0 || next.box.left < fragments[nearest].box.left { nearest = other }
      guard canJoin(fragment, next) else { return }
      if joining < 0 || next.box.left < fragments[joining].box.left { joining = other }
    }
    guard nearest >= 0 else { return nil }
    // Over a wide gap, only quotes, dots and the like may be passed.
    if joining >= 0, joining != nearest {
      let passed = fragments[nearest].box
      let isBit = passed.height < 0.6 * fragment.box.height
      let isNear = fragments[joining].box.left < fragment.box.right + 1.2 * fragment.bandHeight
      if isBit || isNear || passed.right > fragments[joining].box.left { nearest = joining } else { joining = -1 }
    }
    let next = fragments[nearest]
    return Gap(
      left: place, right: nearest,
      box: Box(
        left: min(fragment.box.right, next.box.left), top: min(fragment.band.top, next.band.top),
        right: max(fragment.box.right, next.box.left), bottom: max(fragment.band.bottom, next.band.bottom)),
      canJoin: joining >= 0)
  }

  private func canJoin(_ a: TextLine, _ b: TextLine) -> Bool {
    if max(a.bandHeight, b.bandHeight) < 2.6 * max(1, min(a.bandHeight, b.bandHeight)), a.sharedBand(with: b) > 0.5 {
      return b.box.left > a.box.right - 0.5 * a.bandHeight
    }
    // Bands of a character or two say little; then both must be as high as each other.
    return a.box.sharedHeight(with: b.box) > 0.7 * max(a.box.height, b.box.height)
  }

  /// The fragments, joined over every gap that parts no columns.
  func joined(_ glyphs: [Glyph]) -> [TextLine] {
    var groups = Groups(fragments.count)
    let index = BoxIndex(gaps.map(\.box), side: 200)
    for gap in gaps where gap.canJoin && !partsColumns(gap, among: index) { groups.join(gap.left, gap.right) }
    return groups.all().map { set in
      set.count == 1 ? fragments[set[0]] : TextLine(set.flatMap { fragments[$0].members }, glyphs: glyphs)
    }
  }

  private func partsColumns(_ gap: Gap, among all: BoxIndex) -> Bool {
    let (left, right) = (fragments[gap.left], fragments[gap.right])
    let height = max(left.bandHeight, right.bandHeight)
    guard gap.box.width > 1.4 * height else { return false }
    if gap.box.width > 15 * height { return true }
    if rows(partedBy: gap, least: 1.4 * height, among: all) >= 6 { return true }
    guard gap.box.width > 1.8 * height else { return false }
    if rows(partedBy: gap, least: 1.8 * height, among: all) >= 3 { return true }
    // Long lines on either side are the ends of columns, two of them already.
    return min(left.box.width, right.box.width) > 8 * height
      && rows(partedBy: gap, least: 2 * height, among: all) >= 2
  }

  /// How many rows the strip parts that grows from a gap.
  private func rows(partedBy gap: Gap, least: Float, among all: BoxIndex) -> Int {
    var strip = gap.box
    let reach = 16 * max(fragments[gap.left].bandHeight, fragments[gap.right].bandHeight)
    var obstacles: [Int] = []
    index.forEach(in: strip.grown(0, reach)) { if $0 != gap.left && $0 != gap.right { obstacles.append($0) } }
    /// Grows the strip to the next obstacles of one side, in the order in which it meets them.
    func grow(_ side: [Int], distance: (TextLine) -> Float) -> Float {
      for place in side.sorted(by: { (distance(fragments[$0]), $0) < (distance(fragments[$1]), $1) }) {
        let box = fragments[place].box
        guard box.left < strip.right, box.right > strip.left else { continue }
        let (before, after) = (box.left - strip.left, strip.right - box.right)
        guard max(before, after) >= least else { return distance(fragments[place]) }
        if before > after { strip.right = box.left } else { strip.left = box.right }
      }
      return reach
    }
    let up = grow(obstacles.filter { fragments[$0].band.bottom <= gap.box.centreY }) { gap.box.top - $0.band.bottom }
    let down = grow(obstacles.filter { fragments[$0].band.top > gap.box.centreY }) { $0.band.top - gap.box.bottom }
    strip.top -= max(0, up)
    strip.bottom += max(0, down)
    var count = 0
    all.forEach(in: strip) { other in
      let box = gaps[other].box
      // The column on the right begins near the strip; white that goes on and on borders none.
      guard box.left <= strip.left + 1, box.right >= strip.right - 1, box.right < strip.right + 0.35 * reach,
        box.centreY > strip.top, box.centreY < strip.bottom
      else { return }
      count += 1
    }
    return count
  }
}
