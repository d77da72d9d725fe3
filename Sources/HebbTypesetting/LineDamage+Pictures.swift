import HebbArrays
import HebbData
import HebbFiles

extension LineDamage {
  /// A picture of a line as it might have been taken another time: held at another angle, in other light, by another camera.
  ///
  /// Slope, shear and wave bend it, with its border going on outside of it; shadow, blur, movement, low resolution, noise and
  /// compression follow. What else stands on paper is left as it is.
  ///
  /// - Parameter picture: `uint8` `[height, width, 1]`; the result has the same size.
  public func retaken(_ picture: NDArray, using random: inout Philox) -> NDArray {
    var plane = bent(TonePlane(picture), using: &random)
    if let depth = shadow.drawn(using: &random) { plane.shade(depth, using: &random) }
    var camera = self
    camera.threshold = .never
    return camera.recorded(
      plane, lineHeight: 0.7 * Float(plane.height), ink: plane.values.min() ?? 0, paper: plane.values.max() ?? 255,
      using: &random)
  }

  private func bent(_ plane: TonePlane, using random: inout Philox) -> TonePlane {
    let (height, width) = (plane.height, plane.width)
    let middle = (x: Float(width) / 2, y: Float(height) / 2)
    let slope =
      (slope.drawn(using: &random) ?? 0) * Float(height) / Float(width) * min(1, Float(width) / Float(4 * height))
    let shear = shear.drawn(using: &random) ?? 0
    let wave = (wave.drawn(using: &random) ?? 0) * Float(height)
    let phase = random.fraction()
    let stretch = random.number(in: 0.9...1.1)
    let (right, down) = (
      random.number(in: -0.06...0.06) * Float(height), random.number(in: -0.06...0.06) * Float(height)
    )
    var bent = plane
    let shifts = (0..<width).map { x -> Float in
      let along = Float(x) - middle.x
      let swing =
        wave == 0 ? 0 : wave * Float(Mathematics.sin(2 * Double.pi * Double(Float(x) / Float(4 * height) + phase)))
      return slope * along + swing + down
    }
    plane.values.withUnsafeBufferPointer { values in
      bent.values.withUnsafeMutableBufferPointer { out in
        for y in 0..<height {
          for x in 0..<width {
            let sourceY = min(max(Float(y) - shifts[x], 0), Float(height - 1))
            let sourceX = middle.x + (Float(x) - middle.x) * stretch + shear * (sourceY - middle.y) - right
            let column = min(max(sourceX, 0), Float(width - 1))
            let (i, j) = (Int(sourceY), Int(column))
            let (below, beside) = (min(i + 1, height - 1), min(j + 1, width - 1))
            let (partY, partX) = (sourceY - Float(i), column - Float(j))
            let upper = values[i * width + j] + partX * (values[i * width + beside] - values[i * width + j])
            let lower = values[below * width + j] + partX * (values[below * width + beside] - values[below * width + j])
            out[y * width + x] = upper + partY * (lower - upper)
          }
        }
      }
    }
    return bent
  }
}
