import HebbArrays
import HebbData

/// How the paper of a line lies: its slope, waves and perspective along the line, and how uprights lean.
struct LineWarp {
  /// For each column of the picture how far ink moves down, in pixels, and how many times as high it is.
  private let shifts: [Float]
  private let scales: [Float]
  private let shear: Float

  /// How far ink moves up at most (negative) and down at most.
  var reach: ClosedRange<Float> { (shifts.min() ?? 0)...(shifts.max() ?? 0) }

  /// - Parameters:
  ///   - height: of the line, in pixels.
  ///   - width: of the picture.
  init(_ damage: LineDamage, height: Float, width: Int, using random: inout Philox) {
    let slope = (damage.slope.drawn(using: &random) ?? 0) * height
    let wave = (damage.wave.drawn(using: &random) ?? 0) * height
    let phase = random.fraction()
    // From half a wave to two over a line of any length, none shorter than four heights.
    let waves = min(random.number(in: 0.5...2), Float(width) / (4 * height))
    let perspective = damage.perspective.drawn(using: &random) ?? 0
    shear = damage.shear.drawn(using: &random) ?? 0
    // A short line is not turned further than a long one.
    let steepness = min(1, Float(width) / (4 * height))
    shifts = (0..<width).map { x in
      let along = (Float(x) + 0.5) / Float(width)
      let angle = 2 * Double.pi * Double(waves * along + phase)
      return slope * steepness * (along - 0.5) + (wave == 0 ? 0 : wave * Float(Mathematics.sin(angle)))
    }
    scales = (0..<width).map { x in 1 + perspective * ((Float(x) + 0.5) / Float(width) - 0.5) }
  }

  var isFlat: Bool { shear == 0 && shifts.allSatisfy { $0 == 0 } && scales.allSatisfy { $0 == 1 } }

  /// The part of a canvas whose top left corner is (`left`, `top`), warped; coverage 0 to 1, and 0 outside of the canvas.
  ///
  /// - Parameter middle: the row of the canvas around which ink is scaled and sheared.
  func sampled(_ canvas: InkCanvas, left: Int, top: Int, height: Int, middle: Float) -> TonePlane {
    let width = shifts.count
    var out = [Float](repeating: 0, count: height * width)
    let isFlat = isFlat
    canvas.coverage.withUnsafeBufferPointer { ink in
      out.withUnsafeMutableBufferPointer { out in
        for y in 0..<height {
          let row = top + y
          if isFlat {
            guard row >= 0, row < canvas.height else { continue }
            for x in max(0, -left)..<max(max(0, -left), min(width, canvas.width - left)) {
              out[y * width + x] = Float(ink[row * canvas.width + left + x]) * (1 / 255)
            }
            continue
          }
          for x in 0..<width {
            let sourceY = middle + (Float(row) - middle - shifts[x]) / scales[x]
            let sourceX = Float(left + x) + shear * (sourceY - middle)
            let (floorX, floorY) = (sourceX.rounded(.down), sourceY.rounded(.down))
            let (column, line) = (Int(floorX), Int(floorY))
            guard column >= 0, line >= 0, column + 1 < canvas.width, line + 1 < canvas.height else { continue }
            let (partX, partY) = (sourceX - floorX, sourceY - floorY)
            let i = line * canvas.width + column
            let j = i + canvas.width
            let above = Float(ink[i]) + partX * (Float(ink[i + 1]) - Float(ink[i]))
            let below = Float(ink[j]) + partX * (Float(ink[j + 1]) - Float(ink[j]))
            out[y * width + x] = (above + partY * (below - above)) * (1 / 255)
          }
        }
      }
    }
    return TonePlane(height: height, width: width, values: out)
  }
}
