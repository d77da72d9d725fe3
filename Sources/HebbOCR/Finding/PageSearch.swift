import HebbArrays

/// A page on its way from pixels to lines.
struct PageSearch {
  let height: Int
  let width: Int
  let plane: GreyPlane
  let components: InkComponents
  let panels: [Box]
  /// How large most letters are, whichever way they stand; `nil` for an empty page.
  let roughSize: Float?

  /// Lines in a frame.
  struct Layout {
    let frame: PageFrame
    let isVertical: Bool
    let glyphs: [Glyph]
    let lines: [TextLine]
  }

  init(_ page: NDArray, pixelLimit: Int) {
    (height, width) = (page.shape[0], page.shape[1])
    var plane = GreyPlane(page, limit: pixelLimit)
    if PageSearch.isDark(plane) { plane.invert() }
    var map = InkMap(plane)
    var components = InkComponents(map)
    panels = InkPanels.open(&map, components, page: plane)
    if !panels.isEmpty { components = InkComponents(map) }
    self.plane = plane
    self.components = components
    roughSize = TextSize.estimate(
      components.components.compactMap { component in
        let (long, short) = (max(component.width, component.height), min(component.width, component.height))
        guard component.area > 5, long < 6 * short, long >= 5, short >= 2 else { return nil }
        return Float(long)
      })
  }

  /// Whether the page's paper is dark: the larger of its two classes.
  private static func isDark(_ plane: GreyPlane) -> Bool {
    let classes = TwoClasses(plane.histogram())
    return classes.brightMean > classes.darkMean + 8 && classes.darkPart > 0.5
  }

  func layout() -> Layout {
    guard let roughSize else {
      return Layout(frame: PageFrame(quarterTurns: 0, angle: 0), isVertical: false, glyphs: [], lines: [])
    }
    let upright = components.components.map { component in
      Box(
        left: Float(component.left), top: Float(component.top), right: Float(component.right),
        bottom: Float(component.bottom))
    }
    let isDownward = TextDirection.isDownward(upright, size: roughSize)
    return layout(quarterTurns: isDownward ? 1 : 0, size: roughSize)
  }

  private func layout(quarterTurns: Int, size: Float) -> Layout {
    let level = PageFrame(quarterTurns: quarterTurns, angle: 0)
    let boxes = glyphs(in: level, size: size).map(\.box)
    let angle = SkewEstimate(boxes, size: size).angle()
    let frame = PageFrame(quarterTurns: quarterTurns, angle: angle)
    let glyphs = glyphs(in: frame, size: size)
    let lines = TextBlocks.ordered(LineJoining.lines(of: glyphs, size: size))
    return Layout(frame: frame, isVertical: quarterTurns == 1, glyphs: glyphs, lines: lines)
  }

  /// The components that are no specks, in a frame.
  private func glyphs(in frame: PageFrame, size: Float) -> [Glyph] {
    components.components.indices.compactMap { number in
      let component = components.components[number]
      guard Float(max(component.width, component.height)) > 0.08 * size, component.area > 1 else { return nil }
      let box = frame.turned(component, components)
      return Glyph(
        box: box, area: Float(component.area), component: number,
        isInPanel: panels.contains {
          $0.contains(Float(component.left + component.right) / 2, Float(component.top + component.bottom) / 2)
        })
    }
  }
}
