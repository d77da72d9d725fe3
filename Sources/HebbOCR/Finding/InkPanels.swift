/// Boxes and bars that are filled, with text of their own inside: a panel is a page within the page.
enum InkPanels {
  /// Replaces the ink of every panel by the ink inside it.
  ///
  /// A panel is a large component that fills most of its outline. Its pixels are parted into two classes; what is the
  /// smaller part is its ink.
  ///
  /// - Returns: the panels' places; empty where nothing was changed.
  static func open(_ map: inout InkMap, _ components: InkComponents, page: GreyPlane) -> [Box] {
    var panels: [Box] = []
    for component in components.components where isLarge(component) {
      let outline = rowOutline(component, components)
      let hull = outline.reduce(0) { $0 + Int($1.end - $1.start) }
      guard hull * 100 > component.width * component.height * 75, Int(component.area) * 100 > hull * 55,
        isClosed(component, components, outline)
      else { continue }
      guard let inner = inside(component, outline, hull, page) else { continue }
      // The rim, where the panel's colour goes over into the paper's, is neither.
      for (index, run) in outline.enumerated() {
        let isRim = index < rim || index >= outline.count - rim
        for x in Int(run.start)..<Int(run.end) {
          let isEnd = x < Int(run.start) + rim || x >= Int(run.end) - rim
          map.ink[Int(run.row) * map.width + x] =
            isRim || isEnd
            ? 0 : inner.ink[(Int(run.row) - Int(component.top)) * inner.width + x - Int(component.left)]
        }
      }
      panels.append(
        Box(
          left: Float(component.left), top: Float(component.top), right: Float(component.right),
          bottom: Float(component.bottom)))
    }
    return panels
  }

  private static let rim = 2

  private static func isLarge(_ component: InkComponent) -> Bool {
    min(component.width, component.height) >= 16 && max(component.width, component.height) >= 48
      && Int(component.area) * 100 > component.width * component.height * 40
  }

  /// Whether the component fills its upper and its lower end: a bar does, a word does not.
  private static func isClosed(_ component: InkComponent, _ components: InkComponents, _ outline: [InkRun]) -> Bool {
    let depth = max(2, outline.count / 25)
    var (filled, whole) = ([0, 0], [0, 0])
    let (upper, lower) = (Int(component.top) + depth, Int(component.bottom) - depth)
    for run in outline {
      if run.row < upper { whole[0] += Int(run.end - run.start) }
      if run.row >= lower { whole[1] += Int(run.end - run.start) }
    }
    for run in components.runs[component.runs] {
      if run.row < upper { filled[0] += Int(run.end - run.start) }
      if run.row >= lower { filled[1] += Int(run.end - run.start) }
    }
    let isWide = 2 * whole.min()! > depth * component.width
    return isWide && filled[0] * 10 > 9 * whole[0] && filled[1] * 10 > 9 * whole[1]
  }

  /// Of every row what lies between its first ink and its last.
  private static func rowOutline(_ component: InkComponent, _ components: InkComponents) -> [InkRun] {
    var rows: [InkRun] = []
    for run in components.runs[component.runs] {
      if let last = rows.last, last.row == run.row {
        rows[rows.count - 1].end = max(last.end, run.end)
        rows[rows.count - 1].start = min(last.start, run.start)
      } else {
        rows.append(run)
      }
    }
    return rows
  }

  /// The ink within an outline; `nil` where there are no two classes far enough apart.
  private static func inside(
    _ component: InkComponent, _ outline: [InkRun], _ hull: Int, _ page: GreyPlane
  ) -> InkMap? {
    var histogram = [Int](repeating: 0, count: 256)
    for run in outline {
      for x in Int(run.start)..<Int(run.end) { histogram[Int(page.pixels[Int(run.row) * page.width + x])] += 1 }
    }
    let classes = TwoClasses(histogram)
    guard classes.brightMean - classes.darkMean >= 40 else { return nil }
    let isDark = classes.darkPart > 0.5
    let minority = min(classes.darkPart, 1 - classes.darkPart)
    guard minority > 0.01, minority < 0.45 else { return nil }
    let level = UInt8(max(0, min(255, isDark ? classes.darkMean : classes.brightMean)))
    var plane = GreyPlane(
      width: component.width, height: component.height,
      pixels: [UInt8](repeating: level, count: component.width * component.height))
    for run in outline {
      let (from, to) = (Int(run.row) * page.width, (Int(run.row) - Int(component.top)) * plane.width)
      for x in Int(run.start)..<Int(run.end) {
        plane.pixels[to + x - Int(component.left)] = page.pixels[from + x]
      }
    }
    if isDark { plane.invert() }
    return InkMap(plane)
  }
}
