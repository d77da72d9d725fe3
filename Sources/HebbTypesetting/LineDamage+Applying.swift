import HebbArrays
import HebbData
import HebbFiles

extension LineDamage {
  /// Whether this line goes by fax, which shows no shadows and no stains: they would be black.
  func chosen(using random: inout Philox) -> LineDamage {
    var damage = self
    if random.happens(threshold.probability) {
      damage.threshold.probability = 1
      (damage.shadow, damage.texture, damage.lowResolution) = (.never, .never, .never)
    } else {
      damage.threshold = .never
    }
    return damage
  }

  /// Ink on paper: the grey levels of a line from how much of each pixel is covered, with what paper and light add.
  func inked(_ coverage: TonePlane, ink: Float, paper: Float, using random: inout Philox) -> TonePlane {
    var plane = coverage
    if let depth = fading.drawn(using: &random) {
      let size = random.number(in: 0.3...2) * Float(plane.height)
      plane.multiply(by: SmoothNoise(plane, cell: size, using: &random), from: 1 - depth, to: 1)
    }
    let difference = ink - paper
    for i in plane.values.indices { plane.values[i] = paper + difference * plane.values[i] }
    if let depth = texture.drawn(using: &random) {
      let amount = depth * abs(difference)
      let coarse = random.number(in: 0.3...3) * Float(plane.height)
      plane.add(SmoothNoise(plane, cell: coarse, using: &random), from: -amount, to: amount / 2)
      let fine = random.number(in: 1...0.2 * Float(max(6, plane.height)))
      plane.add(SmoothNoise(plane, cell: fine, using: &random), from: -amount / 2, to: amount / 4)
    }
    if let depth = shadow.drawn(using: &random) { plane.shade(depth, using: &random) }
    return plane
  }

  /// What camera, scanner and file do to a line.
  ///
  /// - Parameter lineHeight: of the text in pixels, without margins.
  func recorded(
    _ plane: TonePlane, lineHeight: Float, ink: Float, paper: Float, using random: inout Philox
  ) -> NDArray {
    var plane = plane
    if let deviation = blur.drawn(using: &random) { plane = plane.blurred(deviation * lineHeight) }
    let angle = random.number(in: 0...Float.pi)
    if let length = motion.drawn(using: &random) { plane = plane.moved(length * lineHeight, angle: angle) }
    if let rows = lowResolution.drawn(using: &random) {
      let scale = rows / lineHeight
      if scale < 0.9 {
        let (height, width) = (plane.height, plane.width)
        plane = plane.blurred(0.4 / scale).resampled(
          height: max(1, Int(Float(height) * scale)), width: max(1, Int(Float(width) * scale)))
        plane = plane.resampled(height: height, width: width)
      }
    }
    if let deviation = noise.drawn(using: &random) { plane.addNoise(deviation, using: &random) }
    if let limit = threshold.drawn(using: &random) { plane.binarize(at: ink + limit * (paper - ink)) }
    if let share = specks.drawn(using: &random) { plane.addSpecks(share, using: &random) }
    let picture = plane.picture
    guard let quality = compression.drawn(using: &random) else { return picture }
    // What was encoded a moment ago decodes, unless there is no memory.
    guard let bytes = try? JPEG.encode(picture, quality: min(max(Int(quality), 1), 100)),
      let decoded = try? JPEG.decode(bytes, name: "a line")
    else { return picture }
    return decoded
  }
}

extension TonePlane {
  /// Gaussian noise, from sums of four random bytes.
  mutating func addNoise(_ deviation: Float, using random: inout Philox) {
    let key = random.next()
    // The variance of a byte is (256² − 1) / 12.
    let scale = deviation / (4 * 65535 / 12).squareRoot()
    let count = values.count
    values.withUnsafeMutableBufferPointer { values in
      for block in 0...(count - 1) / 4 {
        let bits = Philox.block(seed: key, stream: 0x6E6F, index: UInt64(block))
        let pairs = (bits & 0x00FF_00FF) &+ ((bits &>> 8) & 0x00FF_00FF)
        let sums = (pairs & 0xFFFF) &+ (pairs &>> 16)
        for i in 0..<min(4, count - 4 * block) { values[4 * block + i] += scale * (Float(sums[i]) - 510) }
      }
    }
  }

  /// Single pixels that become black or white.
  mutating func addSpecks(_ share: Float, using random: inout Philox) {
    for _ in 0..<Int(share * Float(values.count)) {
      let place = random.index(below: values.count)
      values[place] = random.happens(0.5) ? 0 : 255
    }
  }

  mutating func binarize(at limit: Float) {
    for i in values.indices { values[i] = values[i] < limit ? 0 : 255 }
  }

  /// Darker towards one side, or beyond an edge.
  mutating func shade(_ depth: Float, using random: inout Philox) {
    let angle = Double(random.number(in: 0...2 * Float.pi))
    let (cos, sin) = (Float(Mathematics.cos(angle)), Float(Mathematics.sin(angle)))
    let reach = abs(cos) * Float(width) + abs(sin) * Float(height)
    let softness = random.happens(0.5) ? reach : max(2, random.number(in: 0.1...1) * Float(height))
    let edge = random.number(in: -0.4...0.4) * max(0, reach - softness)
    let (height, width) = (height, width)
    values.withUnsafeMutableBufferPointer { values in
      for y in 0..<height {
        let along = (Float(y) - Float(height) / 2) * sin - edge
        for x in 0..<width {
          let place = ((Float(x) - Float(width) / 2) * cos + along) / softness + 0.5
          values[y * width + x] *= 1 - depth * min(max(place, 0), 1)
        }
      }
    }
  }

  mutating func add(_ noise: SmoothNoise, from low: Float, to high: Float) {
    for i in values.indices { values[i] += low + (high - low) * noise.values[i] }
  }

  mutating func multiply(by noise: SmoothNoise, from low: Float, to high: Float) {
    for i in values.indices { values[i] *= low + (high - low) * noise.values[i] }
  }
}

/// Random values from 0 to 1 at the corners of a grid, and between them what lies between.
struct SmoothNoise {
  let values: [Float]

  /// - Parameter cell: the side of the grid's cells in pixels.
  init(_ plane: TonePlane, cell: Float, using random: inout Philox) {
    let rows = max(2, Int((Float(plane.height) / cell).rounded(.up)) + 1)
    let columns = max(2, Int((Float(plane.width) / cell).rounded(.up)) + 1)
    let grid = TonePlane(
      height: rows, width: columns, values: (0..<rows * columns).map { _ in random.fraction() })
    values = grid.resampled(height: plane.height, width: plane.width).values
  }
}
