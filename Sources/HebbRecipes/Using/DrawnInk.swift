import HebbArrays
import HebbFiles

/// What somebody has drawn or written on paper, a board or a screen: the strokes apart from what they stand on.
///
/// Paper may be grey, grainy and lit from one side. Strokes are thin, so the paper is what is left of the picture when
/// everything narrower than a window is taken away: a grey closing where strokes are dark, an opening where they are light.
/// What differs from it is ink.
///
/// - Source: Serra 1982, "Image analysis and mathematical morphology", for closing and opening.
package struct DrawnInk {
  /// How much ink each pixel holds, 0 to 255: `uint8` `[height, width, 1]`, cut to the box around all of it.
  package let ink: NDArray

  /// Larger pictures are scaled down first: no network of drawings sees as much.
  private static let sideLimit = 320

  /// The strokes of a grey picture `[height, width, 1]`; nil where nothing stands out, or too much for a drawing.
  package init?(_ picture: NDArray) {
    var picture = picture
    let longer = Swift.max(picture.shape[0], picture.shape[1])
    if longer > DrawnInk.sideLimit {
      func scaled(_ extent: Int) -> Int { Swift.max(1, extent * DrawnInk.sideLimit / longer) }
      picture = Picture.resized(picture, height: scaled(picture.shape[0]), width: scaled(picture.shape[1]))
    }
    var light = Plane(picture)
    if light.detrended.isBrightMinority == false { light = light.map { 255 - $0 } }
    // Now the ink is light. Grain is smoothed, in what the paper is found from too, or its peaks would count as paper.
    if Swift.min(light.height, light.width) >= 48 { light = light.smoothed }
    let radius = Swift.max(2, Swift.min(light.height, light.width) / 8)
    let paper = light.filtered(radius, Swift.min).filtered(radius, Swift.max)
    // As a share of what the paper throws back, so that ink in the shade counts as much as ink in the light.
    var ink = light.map(with: paper) { ($0 - $1) * 255 / Swift.max(64, 255 - $1) }
    // Grain leaves a little everywhere: the border's median is none.
    let none = ink.border.sorted()
    let (zero, grain) = (none[none.count / 2], none[none.count * 9 / 10] - none[none.count / 2])
    let peak = ink.quantile(0.995) - zero
    guard peak > 24, peak > 4 * grain else { return nil }
    ink = ink.map { $0 - zero }.keepingStrokes(above: 0.4 * peak)
    let full = ink.strokes(above: 0.4 * peak)
    guard !full.isEmpty, full.count * 2 < ink.values.count else { return nil }
    let (low, high) = (Swift.max(0.12 * peak, grain), full.sorted()[full.count * 3 / 4])
    ink = ink.map { Swift.min(255, Swift.max(0, ($0 - low) / Swift.max(1, high - low) * 255)) }
    guard let box = ink.box(above: 64) else { return nil }
    let pixels = NDArray(ink.values.map { UInt8($0.rounded()) }, shape: [ink.height, ink.width, 1])
    self.ink = Picture.placed(
      pixels, at: (-box.rows.lowerBound, -box.columns.lowerBound), height: box.rows.count, width: box.columns.count,
      fill: [0])
  }

  /// The ink on a canvas of another size, 0 to 255.
  ///
  /// - Parameters:
  ///   - share: how much of the canvas the box around the ink takes, at its longer side.
  ///   - centering: what comes to the canvas' middle.
  package func framed(height: Int, width: Int, share: Double, centering: Centering) -> NDArray {
    let (rows, columns) = (ink.shape[0], ink.shape[1])
    let scale = share * Swift.min(Double(height) / Double(rows), Double(width) / Double(columns))
    func scaled(_ extent: Int, _ limit: Int) -> Int {
      Swift.min(limit, Swift.max(1, Int((Double(extent) * scale).rounded())))
    }
    let small = Picture.resized(ink, height: scaled(rows, height), width: scaled(columns, width))
    let middle = DrawnInk.middle(
      of: small.elements(as: UInt8.self).map(Float.init)[...], width: small.shape[1], by: centering)
    func place(_ middle: Double, _ extent: Int, _ limit: Int) -> Int {
      Swift.min(limit - extent, Swift.max(0, Int((Double(limit) / 2 - middle).rounded())))
    }
    return Picture.placed(
      small, at: (place(middle.row, small.shape[0], height), place(middle.column, small.shape[1], width)),
      height: height, width: width, fill: [0])
  }

  /// What comes to the middle of a picture.
  package enum Centering: String, Sendable {
    /// The box around the ink.
    case box
    /// The centre of mass of the ink, as in MNIST.
    case mass
  }

  /// The middle of a picture's ink, in pixels from its upper left corner.
  static func middle(
    of pixels: ArraySlice<Float>, width: Int, by centering: Centering
  ) -> (row: Double, column: Double) {
    let height = pixels.count / width
    guard centering == .mass else { return (Double(height) / 2, Double(width) / 2) }
    var (sum, down, right) = (0.0, 0.0, 0.0)
    for (place, ink) in pixels.enumerated() {
      sum += Double(ink)
      down += Double(ink) * (Double(place / width) + 0.5)
      right += Double(ink) * (Double(place % width) + 0.5)
    }
    return sum > 0 ? (down / sum, right / sum) : (Double(height) / 2, Double(width) / 2)
  }
}
