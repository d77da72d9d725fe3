/// The ink that reaches into the pictures of lines but is none of theirs.
struct Intruders {
  private let search: PageSearch
  private let layout: PageSearch.Layout
  private let boxes: [Box]
  private let index: BoxIndex

  init(_ search: PageSearch, _ layout: PageSearch.Layout) {
    (self.search, self.layout) = (search, layout)
    boxes = layout.glyphs.map(\.box)
    index = BoxIndex(boxes, side: 64)
  }

  /// Runs of other lines' components around a line. A component that was split between two lines is foreign beyond its part.
  func runs(in line: TextLine) -> [InkRun] {
    let margin = 0.25 * line.box.height + 2
    let area = line.box.grown(margin, margin)
    var foreign: [Int] = []
    var own: [Int: Box] = [:]
    for member in line.members {
      let component = layout.glyphs[member].component
      own[component] = own[component]?.joined(with: boxes[member]) ?? boxes[member]
    }
    var seen = Set<Int>()
    index.forEach(in: area) { glyph in
      let component = layout.glyphs[glyph].component
      if seen.insert(component).inserted { foreign.append(component) }
    }
    var result: [InkRun] = []
    for component in foreign.sorted() {
      let part = own[component]
      for place in search.components.components[component].runs {
        let run = search.components.runs[place]
        let middle = layout.frame.turned(Float(run.start + run.end) / 2, Float(run.row) + 0.5)
        let ends = [run.start, run.end].map { layout.frame.turned(Float($0), Float(run.row) + 0.5) }
        let (low, high) = (min(ends[0].u, ends[1].u), max(ends[0].u, ends[1].u))
        let (top, bottom) = (min(ends[0].v, ends[1].v), max(ends[0].v, ends[1].v))
        guard high > area.left, low < area.right, bottom > area.top, top < area.bottom else { continue }
        if let part, part.grown(1, 1).contains(middle.u, middle.v) { continue }
        result.append(run)
      }
    }
    return result
  }
}
