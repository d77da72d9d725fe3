import HebbArrays
import HebbData

extension Picture {
  /// Samples of a data set of pictures side by side, taken evenly from its whole length, as one picture to look at.
  ///
  /// The brightest element of all becomes 255, the darkest (if it is below zero) 0.
  ///
  /// - Parameter magnification: how many pixels of the sheet each way show one of a sample.
  /// - Returns: `uint8` `[height, width, channels]`
  public static func contactSheet(
    of dataset: some Dataset, rows: Int, columns: Int, magnification: Int = 1
  ) -> NDArray {
    require(rows > 0 && columns > 0 && magnification > 0, "a sheet of \(rows) × \(columns) samples")
    let shown = min(rows * columns, dataset.count)
    let samples = dataset.inputs(at: (0..<shown).map { $0 * dataset.count / shown })
    require(
      samples.rank == 4 && [1, 3].contains(samples.shape[3]),
      "\(dataset.name) has samples of shape \(samples.shape.removing(0)), which are no pictures")
    let (height, width, channels) = (samples.shape[1], samples.shape[2], samples.shape[3])
    let bytes = displayed(samples).elements(as: UInt8.self)
    // A line of one pixel lies between samples.
    let (cellHeight, cellWidth) = (height * magnification + 1, width * magnification + 1)
    let shape: Shape = [rows * cellHeight - 1, columns * cellWidth - 1, channels]
    return NDArray(shape: shape) { (out: UnsafeMutableBufferPointer<UInt8>) in
      out.update(repeating: 128)
      for sample in 0..<shown {
        let (top, left) = (sample / columns * cellHeight, sample % columns * cellWidth)
        for y in 0..<height * magnification {
          for x in 0..<width * magnification {
            let from = ((sample * height + y / magnification) * width + x / magnification) * channels
            let to = ((top + y) * shape[1] + left + x) * channels
            for c in 0..<channels { out[to + c] = bytes[from + c] }
          }
        }
      }
    }
  }

  private static func displayed(_ samples: NDArray) -> NDArray {
    let values = samples.cast(to: .float32).elements(as: Float.self)
    let low = min(0, values.min() ?? 0)
    let high = values.max() ?? 0
    let scale = high > low ? 255 / (high - low) : 0
    return NDArray(values.map { UInt8(min(max(($0 - low) * scale + 0.5, 0), 255)) }, shape: samples.shape)
  }
}
