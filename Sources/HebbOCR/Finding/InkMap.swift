import HebbArrays

/// Which pixels of a page are ink: darker than the paper around them by a good part of what the darkest ink nearby is.
///
/// The page is cut into tiles. The paper's level is the bright end of each tile, closed over neighbours (dilated, then
/// eroded: what is narrower than the window vanishes, shadows stay), then smoothed. The ink's level is the dark end of the
/// tiles nearby. A pixel is ink where
///
///     value < paper − max(0.42 (paper − ink), floor)
///
/// with a floor from the page's noise, so that empty paper stays empty. Between tiles' centres the threshold is
/// interpolated.
///
/// - Source: the midpoint between local extremes is Bernsen's (1986); the levels by tiles and the closing are ours.
struct InkMap {
  let width: Int
  let height: Int
  /// 1 where there is ink.
  var ink: [UInt8]

  init(_ page: GreyPlane) {
    (width, height) = (page.width, page.height)
    let noise = page.noise()
    // Small pictures have strokes of a pixel or two, which a mean would close up.
    let isSmooth = noise > 5 && min(width, height) >= 200
    let plane = isSmooth ? page.smoothed() : page
    let side = min(width, height) < 96 ? 8 : 16
    let (rows, columns) = ((height + side - 1) / side, (width + side - 1) / side)
    let grid = TileGrid(rows: rows, columns: columns)
    var (dark, bright) = InkMap.levels(of: plane, side: side, grid: grid)
    let reach = max(4, min(24, max(rows, columns) / 12))
    bright = grid.eroded(grid.dilated(bright, reach), reach)
    bright = grid.smoothed(bright, max(1, reach / 3))
    dark = grid.smoothed(grid.eroded(dark, 2), 1)
    let floor = max(14, 2.5 * (isSmooth ? noise / 2 : min(noise, 8)))
    let thresholds = zip(bright, dark).map { paper, ink in paper - max(0.42 * (paper - ink), floor) }
    ink = InkMap.compare(plane, with: thresholds, side: side, grid: grid)
  }

  /// The dark and the bright end of every tile.
  private static func levels(of plane: GreyPlane, side: Int, grid: TileGrid) -> (dark: [Float], bright: [Float]) {
    var dark = [Float](repeating: 0, count: grid.rows * grid.columns)
    var bright = dark
    plane.pixels.withUnsafeBufferPointer { pixels in
      dark.withUnsafeMutableBufferPointer { dark in
        bright.withUnsafeMutableBufferPointer { bright in
          nonisolated(unsafe) let (dark, bright) = (dark, bright)
          ThreadPool.shared.run(grid.rows) { row in
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 64) { counts in
              for column in 0..<grid.columns {
                counts.update(repeating: 0)
                let (x0, y0) = (column * side, row * side)
                let (x1, y1) = (min(x0 + side, plane.width), min(y0 + side, plane.height))
                for y in y0..<y1 {
                  let line = pixels.baseAddress! + y * plane.width
                  for x in x0..<x1 { counts[Int(line[x] >> 2)] &+= 1 }
                }
                let total = (x1 - x0) * (y1 - y0)
                let tile = row * grid.columns + column
                dark[tile] = quantile(counts, max(1, total * 2 / 100))
                bright[tile] = quantile(counts, max(1, total * 80 / 100))
              }
            }
          }
        }
      }
    }
    return (dark, bright)
  }

  private static func quantile(_ counts: UnsafeMutableBufferPointer<UInt16>, _ rank: Int) -> Float {
    var below = 0
    for value in 0..<64 {
      below += Int(counts[value])
      if below >= rank { return Float(4 * value + 2) }
    }
    return 255
  }

  private static func compare(_ plane: GreyPlane, with thresholds: [Float], side: Int, grid: TileGrid) -> [UInt8] {
    let (width, height) = (plane.width, plane.height)
    return [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      nonisolated(unsafe) let out = out.baseAddress!
      plane.pixels.withUnsafeBufferPointer { pixels in
        ThreadPool.shared.run(grid.rows) { band in
          withUnsafeTemporaryAllocation(of: Float.self, capacity: grid.columns + 2) { edge in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: width) { line in
              for y in band * side..<min(height, (band + 1) * side) {
                let place = (Float(y) + 0.5) / Float(side) - 0.5
                let upper = max(0, min(grid.rows - 1, Int(place.rounded(.down))))
                let lower = min(grid.rows - 1, upper + 1)
                let part = max(0, min(1, place - Float(upper)))
                for column in 0..<grid.columns {
                  let (a, b) = (thresholds[upper * grid.columns + column], thresholds[lower * grid.columns + column])
                  edge[column + 1] = a + part * (b - a)
                }
                edge[0] = edge[1]
                edge[grid.columns + 1] = edge[grid.columns]
                // Halves of tiles: between the centres of two neighbours the threshold goes along a line.
                for half in 0...grid.columns {
                  let start = half * side - side / 2
                  let slope = (edge[half + 1] - edge[half]) / Float(side)
                  for x in max(0, start)..<max(max(0, start), min(width, start + side)) {
                    line[x] = UInt8(max(0, min(255, edge[half] + slope * (Float(x - start) + 0.5))))
                  }
                }
                let (from, to) = (pixels.baseAddress! + y * width, out + y * width)
                for x in 0..<width { to[x] = from[x] < line[x] ? 1 : 0 }
              }
            }
          }
        }
      }
      count = width * height
    }
  }
}

/// Numbers on a grid of tiles, and windows over them.
struct TileGrid {
  let rows: Int
  let columns: Int

  func dilated(_ values: [Float], _ reach: Int) -> [Float] { windows(values, reach) { $0.max()! } }

  func eroded(_ values: [Float], _ reach: Int) -> [Float] { windows(values, reach) { $0.min()! } }

  func smoothed(_ values: [Float], _ reach: Int) -> [Float] {
    windows(values, reach) { $0.reduce(0, +) / Float($0.count) }
  }

  /// A function of the window around each value, along one axis and then along the other.
  private func windows(_ values: [Float], _ reach: Int, _ body: (ArraySlice<Float>) -> Float) -> [Float] {
    var across = values
    for row in 0..<rows {
      let line = values[row * columns..<(row + 1) * columns]
      for column in 0..<columns {
        let window = max(0, column - reach)...min(columns - 1, column + reach)
        across[row * columns + column] = body(
          line[line.startIndex + window.lowerBound...line.startIndex + window.upperBound])
      }
    }
    var result = across
    for column in 0..<columns {
      let line = (0..<rows).map { across[$0 * columns + column] }
      for row in 0..<rows {
        result[row * columns + column] = body(line[max(0, row - reach)...min(rows - 1, row + reach)])
      }
    }
    return result
  }
}
