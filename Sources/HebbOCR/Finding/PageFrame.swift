import HebbArrays

/// A turned coordinate frame over a page: in it, lines of text run along `u`, from left to right, and follow each other along
/// `v`, from top to bottom.
///
///     u = cos a · x + sin a · y          x = cos a · u − sin a · v
///     v = cos a · y − sin a · x          y = sin a · u + cos a · v
///
/// `a` is the direction of the lines on the page, clockwise, since y points down.
struct PageFrame: Sendable {
  /// Whole quarters of a turn, 0 to 3.
  let quarterTurns: Int
  /// What is left beside them, in degrees.
  let angle: Double
  let cosine: Float
  let sine: Float

  init(quarterTurns: Int, angle: Double) {
    (self.quarterTurns, self.angle) = ((quarterTurns % 4 + 4) % 4, angle)
    let radians = angle * .pi / 180
    let (c, s) = (Float(Mathematics.cos(radians)), Float(Mathematics.sin(radians)))
    (cosine, sine) = [(c, s), (-s, c), (-c, -s), (s, -c)][self.quarterTurns]
  }

  func turned(_ x: Float, _ y: Float) -> (u: Float, v: Float) { (cosine * x + sine * y, cosine * y - sine * x) }

  func point(_ u: Float, _ v: Float) -> (x: Float, y: Float) { (cosine * u - sine * v, sine * u + cosine * v) }

  /// The rectangle in this frame that encloses an upright one of the page.
  func turned(_ box: Box) -> Box {
    let corners = [
      turned(box.left, box.top), turned(box.right, box.top), turned(box.left, box.bottom),
      turned(box.right, box.bottom),
    ]
    return Box(
      left: corners.map(\.u).min()!, top: corners.map(\.v).min()!, right: corners.map(\.u).max()!,
      bottom: corners.map(\.v).max()!)
  }

  /// The rectangle in this frame that encloses a component, from the ends of its runs.
  func turned(_ component: InkComponent, _ components: InkComponents) -> Box {
    let upright = Box(
      left: Float(component.left), top: Float(component.top), right: Float(component.right),
      bottom: Float(component.bottom))
    guard angle != 0 else { return turned(upright) }
    var box = Box(left: .infinity, top: .infinity, right: -.infinity, bottom: -.infinity)
    components.runs.withUnsafeBufferPointer { runs in
      for run in runs[component.runs] {
        for x in [Float(run.start) + 0.5, Float(run.end) - 0.5] {
          let (u, v) = turned(x, Float(run.row) + 0.5)
          box.left = min(box.left, u - 0.5)
          box.right = max(box.right, u + 0.5)
          box.top = min(box.top, v - 0.5)
          box.bottom = max(box.bottom, v + 0.5)
        }
      }
    }
    return box
  }
}
