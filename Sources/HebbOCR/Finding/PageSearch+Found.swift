import HebbArrays

extension PageSearch {
  /// A layout in the page's own pixels.
  func found(_ layout: Layout) -> FoundPage {
    let intruders = Intruders(self, layout)
    let lines = layout.lines.map { line in
      FoundLine(
        quadrilateral: quadrilateral(line.box, layout), isVertical: layout.isVertical, block: line.block,
        paragraph: line.paragraph, intruders: intruders.runs(in: line), scale: plane.scale)
    }
    return FoundPage(
      height: height, width: width, lines: lines, blockCount: (layout.lines.map(\.block).max() ?? -1) + 1,
      quarterTurns: layout.isVertical ? 0 : layout.frame.quarterTurns, angle: layout.frame.angle)
  }

  private func quadrilateral(_ box: Box, _ layout: Layout) -> Quadrilateral {
    func corner(_ u: Float, _ v: Float) -> PagePoint {
      let (x, y) = layout.frame.point(u, v)
      return PagePoint(x: x * Float(plane.scale), y: y * Float(plane.scale))
    }
    let corners = [
      corner(box.left, box.top), corner(box.right, box.top), corner(box.right, box.bottom),
      corner(box.left, box.bottom),
    ]
    // Vertical lines run along u too; their characters' upper left corner is where u begins and v ends.
    let first = layout.isVertical ? 3 : 0
    return Quadrilateral(
      topLeft: corners[first], topRight: corners[(first + 1) % 4], bottomRight: corners[(first + 2) % 4],
      bottomLeft: corners[(first + 3) % 4])
  }
}
