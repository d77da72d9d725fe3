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
    var isVertical: Bool
    let glyphs: [Glyph]
    let lines: [TextLine]
  }

  init(_ page: NDArray, pixelLimit: Int) {
    (height, width) = (page.shape[0], page.shape[1])
    var plane = GreyPlane(page, limit: pixelLimit)
    if Polarity.isDark(plane) { plane.invert() }
    var map = InkMap(plane)
    var components = InkComponents(map)
    var size = PageSearch.roughSize(of: components)
    panels = InkPanels.open(&map, components, page: plane, size: size ?? 0)
    if !panels.isEmpty {
      components = InkComponents(map)
      size = PageSearch.roughSize(of: components)
    }
    (self.plane, self.components, roughSize) = (plane, components, size)
  }

  private static func roughSize(of components: InkComponents) -> Float? {
    TextSize.estimate(
      components.components.compactMap { component in
        let (long, short) = (max(component.width, component.height), min(component.width, component.height))
        guard component.area > 5, long < 20 * short, long >= 5, short >= 2 else { return nil }
        // What is much longer than wide is a word, or a stroke.
        return Float(long <= 3 * short ? long : 2 * short)
      })
  }

  /// The lines, the way up that was found for them.
  func layout(of page: NDArray, score: LineFinder.OrientationScore?) -> Layout {
    guard let roughSize else {
      return Layout(frame: PageFrame(quarterTurns: 0, angle: 0), isVertical: false, glyphs: [], lines: [])
    }
    let upright = glyphs(in: PageFrame(quarterTurns: 0, angle: 0), size: roughSize).map(\.box)
    let isDownward = TextDirection.isDownward(upright, size: roughSize)
    let first = layout(quarterTurns: isDownward ? 1 : 0, size: roughSize)
    if !isDownward, let line = singleLine(first) { return line }
    let shape = LetterShape(first, size: roughSize)
    var ways: [Layout]
    if shape.isLatin {
      if shape.isDecided || score == nil {
        return shape.isUpsideDown ? layout(quarterTurns: first.frame.quarterTurns + 2, size: roughSize) : first
      }
      ways = [first, layout(quarterTurns: first.frame.quarterTurns + 2, size: roughSize)]
    } else {
      var standing = first
      standing.isVertical = isDownward
      guard score != nil else { return standing }
      ways = [standing, layout(quarterTurns: first.frame.quarterTurns + 2, size: roughSize)]
      if isDownward { ways.insert(first, at: 1) }
    }
    guard let score, first.lines.count > 1 else { return ways[0] }
    let scores = ways.map { way in
      let found = found(way)
      let longest = found.lines.indices.sorted {
        (-way.lines[$0].members.count, $0) < (-way.lines[$1].members.count, $1)
      }
      return score(longest.prefix(4).map { found.lines[$0].picture(of: page) }, way.isVertical)
    }
    return ways[scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) }!]
  }

  func layout(quarterTurns: Int, size: Float) -> Layout {
    let level = glyphs(in: PageFrame(quarterTurns: quarterTurns, angle: 0), size: size)
    // Heights tell more than the longer sides, now that the direction is known.
    let heights = level.map(\.box).filter { $0.height > 0.25 * size && $0.width < 12 * $0.height }.map(\.height)
    let size = TextSize.estimate(heights) ?? size
    let angle = SkewEstimate(level.map(\.box), size: size).angle()
    let frame = PageFrame(quarterTurns: quarterTurns, angle: angle)
    let glyphs = GlyphSplitting.split(angle == 0 ? level : self.glyphs(in: frame, size: size), size: size)
    let joined = LineFilter.withoutPictures(
      LineJoining.lines(of: glyphs, size: size), glyphs, panels: panels.count)
    let lines = TextBlocks.ordered(LineFilter.withoutShades(joined, glyphs, self))
    return Layout(frame: frame, isVertical: false, glyphs: glyphs, lines: lines)
  }

  /// The whole ink as one line, where the picture has room for no second one.
  private func singleLine(_ layout: Layout) -> Layout? {
    guard plane.height <= 160, 4 * plane.width >= 5 * plane.height else { return nil }
    let tallest = layout.lines.map(\.box.height).max() ?? Float(plane.height)
    guard Float(plane.height) < 1.9 * tallest else { return nil }
    let level = PageFrame(quarterTurns: 0, angle: 0)
    let glyphs = glyphs(in: level, size: 0.5 * tallest)
    // Rules and frames stay out, unless they are all that there is.
    let parts = glyphs.indices.filter {
      glyphs[$0].kind(size: 0.5 * tallest) != .other && glyphs[$0].box.height > 0.08 * tallest
    }
    guard !parts.isEmpty else { return nil }
    return Layout(frame: level, isVertical: false, glyphs: glyphs, lines: [TextLine(parts, glyphs: glyphs)])
  }

  /// The components that are no specks, in a frame.
  private func glyphs(in frame: PageFrame, size: Float) -> [Glyph] {
    components.components.indices.compactMap { number in
      let component = components.components[number]
      guard Float(max(component.width, component.height)) > 0.08 * size, component.area > 1 else { return nil }
      let box = frame.turned(component, components)
      return Glyph(
        box: box, area: Float(component.area), component: number,
        panel: panels.lastIndex {
          $0.contains(Float(component.left + component.right) / 2, Float(component.top + component.bottom) / 2)
        } ?? -1)
    }
  }

  /// How far the paper beside a component's runs differs from its ink.
  func contrast(of component: Int) -> Float {
    var (sum, count) = (0, 0)
    plane.pixels.withUnsafeBufferPointer { pixels in
      for place in components.components[component].runs {
        let run = components.runs[place]
        let row = Int(run.row) * plane.width
        let ink = Int(pixels[row + Int(run.start + run.end) / 2])
        for x in [Int(run.start) - 3, Int(run.end) + 2] where x >= 0 && x < plane.width {
          sum += abs(Int(pixels[row + x]) - ink)
          count += 1
        }
      }
    }
    return Float(sum) / Float(max(1, count))
  }
}
