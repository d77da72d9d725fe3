import HebbArrays

/// A grey picture as numbers, with the few filters that finding a drawing takes.
struct Plane {
  let height: Int
  let width: Int
  private(set) var values: [Float]

  /// A picture `[height, width, 1]`.
  init(_ picture: NDArray) {
    (height, width) = (picture.shape[0], picture.shape[1])
    values = picture.cast(to: .float32).elements(as: Float.self)
  }

  private init(_ values: [Float], like other: Plane) {
    (height, width, self.values) = (other.height, other.width, values)
  }

  func map(_ change: (Float) -> Float) -> Plane { Plane(values.map(change), like: self) }

  func map(with other: Plane, _ change: (Float, Float) -> Float) -> Plane {
    Plane(zip(values, other.values).map(change), like: self)
  }

  /// The outermost pixels.
  var border: [Float] {
    values.indices.filter { i in
      let (row, column) = (i / width, i % width)
      return row == 0 || row == height - 1 || column == 0 || column == width - 1
    }.map { values[$0] }
  }

  /// The value below which this share of the pixels lies.
  func quantile(_ share: Double) -> Float {
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  /// Of each pixel and its neighbours in both directions, up to a radius, what `choose` keeps: least or largest.
  func filtered(_ radius: Int, _ choose: (Float, Float) -> Float) -> Plane {
    alongRows(radius, choose).transposed.alongRows(radius, choose).transposed
  }

  /// The mean of each pixel and its eight neighbours, weighted 1 2 1 each way.
  var smoothed: Plane {
    func blurred(_ plane: Plane) -> Plane {
      var out = plane
      for row in 0..<plane.height {
        for column in 0..<plane.width {
          let start = row * plane.width
          let left = plane.values[start + max(0, column - 1)]
          let right = plane.values[start + min(plane.width - 1, column + 1)]
          out.values[start + column] = (left + 2 * plane.values[start + column] + right) / 4
        }
      }
      return out
    }
    return blurred(blurred(self).transposed).transposed
  }

  private func alongRows(_ radius: Int, _ choose: (Float, Float) -> Float) -> Plane {
    var out = self
    for row in 0..<height {
      for column in 0..<width {
        var best = values[row * width + column]
        for near in max(0, column - radius)...min(width - 1, column + radius) {
          best = choose(best, values[row * width + near])
        }
        out.values[row * width + column] = best
      }
    }
    return out
  }

  private var transposed: Plane {
    var turned = [Float](repeating: 0, count: values.count)
    for row in 0..<height { for column in 0..<width { turned[column * height + row] = values[row * width + column] } }
    return Plane(height: width, width: height, turned)
  }

  private init(height: Int, width: Int, _ values: [Float]) {
    (self.height, self.width, self.values) = (height, width, values)
  }
}

extension Plane {
  /// What is left without a plane fitted to all pixels: light that falls off to one side.
  var detrended: Plane {
    let (middleRow, middleColumn) = (Float(height - 1) / 2, Float(width - 1) / 2)
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    // Rows and columns are independent of each other and of the mean on a grid.
    var (down, right, downSquares, rightSquares) = (0.0, 0.0, 0.0, 0.0)
    for (i, value) in values.enumerated() {
      let (y, x) = (Double(Float(i / width) - middleRow), Double(Float(i % width) - middleColumn))
      down += y * (Double(value) - mean)
      right += x * (Double(value) - mean)
      downSquares += y * y
      rightSquares += x * x
    }
    let (slopeDown, slopeRight) = (down / max(downSquares, 1), right / max(rightSquares, 1))
    let rest = values.enumerated().map { i, value in
      let (y, x) = (Double(Float(i / width) - middleRow), Double(Float(i % width) - middleColumn))
      return Float(Double(value) - mean - slopeDown * y - slopeRight * x)
    }
    return Plane(rest, like: self)
  }

  /// Whether few pixels are far above the mean and many a little below: the third moment is positive.
  var isBrightMinority: Bool {
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    return values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) * (Double($1) - mean) } >= 0
  }

  /// The values above a limit.
  func strokes(above limit: Float) -> [Float] { values.filter { $0 > limit } }

  /// The rows and columns that hold values above a limit; nil where there are none.
  func box(above limit: Float) -> (rows: Range<Int>, columns: Range<Int>)? {
    let places = values.indices.filter { values[$0] > limit }
    let columns = places.map { $0 % width }
    guard let first = places.first, let last = places.last, let left = columns.min(), let right = columns.max() else {
      return nil
    }
    return (first / width..<last / width + 1, left..<right + 1)
  }

  /// Without specks: parts above the limit that hang together, of less than a thirtieth of the largest, and what is far
  /// from all strokes.
  func keepingStrokes(above limit: Float) -> Plane {
    var part = [Int](repeating: -1, count: values.count)
    var sizes: [Int] = []
    for start in values.indices where values[start] > limit && part[start] < 0 {
      var (open, size) = ([start], 0)
      part[start] = sizes.count
      while let place = open.popLast() {
        size += 1
        for near in neighbours(place, 1) where values[near] > limit && part[near] < 0 {
          part[near] = sizes.count
          open.append(near)
        }
      }
      sizes.append(size)
    }
    let least = (sizes.max() ?? 0) / 30
    var kept = [Float](repeating: 0, count: values.count)
    // The soft edge of a stroke is a pixel or two wide for every hundred of the picture.
    let edge = 1 + min(height, width) / 60
    for place in values.indices where part[place] >= 0 && sizes[part[place]] > least {
      for near in neighbours(place, edge) { kept[near] = values[near] }
    }
    return Plane(kept, like: self)
  }

  private func neighbours(_ place: Int, _ radius: Int) -> [Int] {
    let (row, column) = (place / width, place % width)
    return (max(0, row - radius)...min(height - 1, row + radius)).flatMap { y in
      (max(0, column - radius)...min(width - 1, column + radius)).map { y * width + $0 }
    }
  }
}
