import CHebbKernels

/// Which pixels of a source every pixel of a target sees, and through which taps of the kernel: taps that fall into the
/// padding are left out, so that no padded copy of a picture is made.
///
/// Columns that see the same taps at the same distances make a run, which the kernels go through at once. A convolution has
/// one long run for each row and short ones at the edges; the gradient of its input has them for each phase of the stride.
struct DepthwiseTaps {
  /// What one row or column of the target sees, in the order of summation.
  private typealias Sight = [(tap: Int, source: Int)]

  /// Columns `start`, `start + step` … of the target.
  private struct Run {
    let start: Int
    var count: Int
    let sight: Sight
  }

  private let runs: [Run]
  private let channels: Int
  /// Columns from one pixel of a run to the next, in the source and in the target.
  private let sourceStep: Int, targetStep: Int
  /// For each row and run the places of its taps, in the source and in the weights, behind each other.
  private var sourceTaps: [Int] = [], weightTaps: [Int] = []
  /// Where the taps of row r and run i begin: at r · runs + i.
  private var borders = [0]

  /// The result's pixels, which see the input.
  static func forward(_ sizes: ConvolutionSizes) -> DepthwiseTaps {
    let g = sizes.geometry
    func sight(_ place: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ padding: Int, _ length: Int) -> Sight {
      (0..<kernel).compactMap { tap in
        let source = place * stride + tap * dilation - padding
        return source >= 0 && source < length ? (tap, source) : nil
      }
    }
    return DepthwiseTaps(
      sizes, source: sizes.input, sourceStep: g.stride.width, targetStep: 1,
      rows: (0..<sizes.output.height).map {
        sight($0, g.kernel.height, g.stride.height, g.dilation.height, g.padding.top, sizes.input.height)
      },
      columns: (0..<sizes.output.width).map {
        sight($0, g.kernel.width, g.stride.width, g.dilation.width, g.padding.left, sizes.input.width)
      })
  }

  /// The input's pixels, which see the result's gradient.
  static func backward(_ sizes: ConvolutionSizes) -> DepthwiseTaps {
    let g = sizes.geometry
    func sight(_ place: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ padding: Int, _ length: Int) -> Sight {
      (0..<kernel).reversed().compactMap { tap in
        let distance = place + padding - tap * dilation
        return distance >= 0 && distance % stride == 0 && distance / stride < length ? (tap, distance / stride) : nil
      }
    }
    return DepthwiseTaps(
      sizes, source: sizes.output, sourceStep: 1, targetStep: g.stride.width,
      rows: (0..<sizes.input.height).map {
        sight($0, g.kernel.height, g.stride.height, g.dilation.height, g.padding.top, sizes.output.height)
      },
      columns: (0..<sizes.input.width).map {
        sight($0, g.kernel.width, g.stride.width, g.dilation.width, g.padding.left, sizes.output.width)
      })
  }

  private init(
    _ sizes: ConvolutionSizes, source: Pair, sourceStep: Int, targetStep: Int, rows: [Sight], columns: [Sight]
  ) {
    (channels, self.sourceStep, self.targetStep) = (sizes.outputs, sourceStep, targetStep)
    var runs: [Run] = []
    for phase in 0..<min(targetStep, columns.count) {
      var last: Run?
      for column in stride(from: phase, to: columns.count, by: targetStep) {
        let sight = columns[column]
        if let run = last, DepthwiseTaps.continues(run, sight, sourceStep) {
          last?.count += 1
        } else {
          if let last { runs.append(last) }
          last = Run(start: column, count: 1, sight: sight)
        }
      }
      if let last { runs.append(last) }
    }
    self.runs = runs
    for row in rows {
      for run in runs {
        for (u, sourceRow) in row {
          for (v, sourceColumn) in run.sight {
            sourceTaps.append((sourceRow * source.width + sourceColumn) * channels)
            weightTaps.append((u * sizes.geometry.kernel.width + v) * channels)
          }
        }
        borders.append(sourceTaps.count)
      }
    }
  }

  /// Whether a column sees what the next column of the run would see.
  private static func continues(_ run: Run, _ sight: Sight, _ step: Int) -> Bool {
    sight.count == run.sight.count
      && zip(run.sight, sight).allSatisfy { $0.tap == $1.tap && $0.source + run.count * step == $1.source }
  }

  /// Calls `body` with the runs of a row for the picture at `source`, and the first column of each.
  @inline(__always)
  func eachRun(ofRow row: Int, _ source: UnsafePointer<Float>, _ body: (hebb_depthwise, Int) -> Void) {
    sourceTaps.withUnsafeBufferPointer { sourceTaps in
      weightTaps.withUnsafeBufferPointer { weightTaps in
        // A row without taps has no addresses to give, but its sums are to be stored.
        var nothing = 0
        withUnsafePointer(to: &nothing) { nothing in
          for (index, run) in runs.enumerated() {
            let from = borders[row * runs.count + index]
            let d = hebb_depthwise(
              x: source, channels: channels, pixels: run.count, x_step: sourceStep * channels,
              y_step: targetStep * channels, taps: borders[row * runs.count + index + 1] - from,
              x_tap: sourceTaps.baseAddress.map { $0 + from } ?? nothing,
              w_tap: weightTaps.baseAddress.map { $0 + from } ?? nothing)
            body(d, run.start)
          }
        }
      }
    }
  }
}
