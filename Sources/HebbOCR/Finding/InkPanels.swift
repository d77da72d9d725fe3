/// Boxes and bars that are filled, with text of their own inside: a panel is a page within the page.
enum InkPanels {
  /// Replaces the ink of every panel by the ink inside it.
  ///
  /// A panel is a component, large beside the text, that fills most of its outline. Its pixels are parted into two classes; what is the
  /// smaller part is its ink.
  ///
  /// - Parameter size: of most of the page's text.
  /// - Returns: the panels' places; empty where nothing was changed.
  static func open(_ map: inout InkMap, _ components: InkComponents, page: GreyPlane, size: Float) -> [Box] {
    var panels: [Box] = []
    for component in components.components where isLarge(component, size) {
      let outline = rowOutline(component, components)
      let hull = outline.reduce(0) { $0 + Int($1.end - $1.start) }
      guard Int(component.area) * 100 > hull * 62,
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

  private static func isLarge(_ component: InkComponent, _ size: Float) -> Bool {
    let (short, long) = (min(component.width, component.height), max(component.width, component.height))
    return short >= 16 && long >= 48 && Float(long) > 3 * size && Float(short) > 0.45 * size
      && Int(component.area) * 100 > component.width * component.height * 25
  }

  /// Whether the outline by rows is the outline by columns too: a bar's is, whichever way it is turned, a word's is not.
  private static func isClosed(_ component: InkComponent, _ components: InkComponents, _ outline: [InkRun]) -> Bool {
    var top = [Int32](repeating: .max, count: component.width)
    var bottom = [Int32](repeating: 0, count: component.width)
    for run in components.runs[component.runs] {
      for x in Int(run.start - component.left)..<Int(run.end - component.left) {
        top[x] = min(top[x], run.row)
        bottom[x] = max(bottom[x], run.row)
      }
    }
    var (shared, all) = (0, 0)
    for run in outline {
      all += Int(run.end - run.start)
      for x in Int(run.start - component.left)..<Int(run.end - component.left) where top[x] <= run.row {
        if run.row <= bottom[x] { shared += 1 }
      }
    }
    return 100 * shared > 94 * all
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
