import HebbArrays

extension Picture {
  /// The picture turned clockwise by whole quarters of a turn; three of them turn it once the other way.
  ///
  /// - Shape: `uint8` `[height, width, channels]` → `[width, height, channels]` for an odd number.
  public static func turned(_ picture: NDArray, quarters: Int) -> NDArray {
    requirePicture(picture)
    return ExifOrientation(number: [1, 6, 3, 8][(quarters % 4 + 4) % 4]).applied(to: picture)
  }
}
