import HebbArrays

/// A contact sheet: pictures in rows, each with a caption below.
public struct ImageGrid: Panel {
  /// Above the pictures; empty for none.
  public var title: String
  /// `[count, height, width, channels]` with 1 or 3 channels: bytes, or floats from 0, black, to 1, white.
  public let images: NDArray
  /// One for each picture, or none.
  public var captions: [String]
  /// How many pictures stand side by side.
  public var columns: Int

  /// - Parameter columns: how many pictures stand side by side; by default about as many as stand below each other.
  public init(_ title: String = "", images: NDArray, captions: [String] = [], columns: Int? = nil) {
    require(
      images.rank == 4 && (images.shape[3] == 1 || images.shape[3] == 3),
      "pictures have the shape [count, height, width, 1 or 3], not \(images.shape)")
    require(
      captions.isEmpty || captions.count == images.shape[0],
      "\(captions.count) captions do not fit \(images.shape[0]) pictures")
    self.title = title
    self.images = images
    self.captions = captions
    self.columns = max(1, columns ?? Int(Double(images.shape[0]).squareRoot().rounded(.up)))
  }

  static let gap = 8.0

  public func draw(in area: Rectangle, on drawing: inout Drawing) {
    let area = Style.title(title, in: area, on: &drawing)
    let (count, height, width) = (images.shape[0], images.shape[1], images.shape[2])
    guard count > 0, height > 0, width > 0 else { return }
    let rows = (count + columns - 1) / columns
    let below = captions.isEmpty ? 0 : Style.tickSize + 5
    let cell = min(
      (area.width + ImageGrid.gap) / Double(columns) - ImageGrid.gap,
      ((area.height + ImageGrid.gap) / Double(rows) - ImageGrid.gap - below) / Double(height) * Double(width))
    guard cell > 1 else { return }
    let picture = cell / Double(width) * Double(height)
    for index in 0..<count {
      let left = area.left + Double(index % columns) * (cell + ImageGrid.gap)
      let top = area.top + Double(index / columns) * (picture + ImageGrid.gap + below)
      drawing.picture(
        pixels(index), in: Rectangle(left: left, top: top, right: left + cell, bottom: top + picture))
      if !captions.isEmpty {
        drawing.text(
          StrokeFont.fitted(captions[index], size: Style.tickSize, width: cell + ImageGrid.gap - 2),
          at: Point(left + cell / 2, top + picture + Style.tickSize + 1), size: Style.tickSize, color: .quiet,
          anchor: .middle)
      }
    }
  }

  /// One picture as bytes, grey ones in three channels.
  private func pixels(_ index: Int) -> NDArray {
    let (height, width, channels) = (images.shape[1], images.shape[2], images.shape[3])
    let start = index * height * width * channels
    let scale = images.dtype.isFloatingPoint ? 255.0 : 1
    return NDArray(shape: [height, width, 3]) { (out: UnsafeMutableBufferPointer<UInt8>) in
      for pixel in 0..<height * width {
        for channel in 0..<3 {
          let value = images.element(start + pixel * channels + (channels == 3 ? channel : 0))
          out[3 * pixel + channel] = UInt8(rounding: (value * scale).rounded())
        }
      }
    }
  }
}
