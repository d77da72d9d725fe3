import HebbArrays

/// Handwritten digits of 8 × 8 pixels by 13 people: 1,797 pictures, small enough to stand in the program.
///
/// Inputs are `[1797, 8, 8, 1]` bytes, each the number 0…16 of dark pixels in a 4 × 4 block of the scan.
///
/// - Source: Alpaydin and Kaynak 1998, "Optical Recognition of Handwritten Digits" (its test part), UCI Machine Learning
///   Repository, doi:10.24432/C50P49, CC BY 4.0.
public enum Digits {
  /// All pictures. Batches are scaled to 0…1.
  public static func load() -> ArrayDataset {
    var pixels: [UInt8] = []
    var labels: [Int32] = []
    pixels.reserveCapacity(1797 * 64)
    text.withUTF8Buffer { text in
      for character in text where character != UInt8(ascii: "\n") {
        let value = character >= UInt8(ascii: "A") ? character - UInt8(ascii: "A") + 10 : character - UInt8(ascii: "0")
        if pixels.count == 64 * (labels.count + 1) { labels.append(Int32(value)) } else { pixels.append(value) }
      }
    }
    return ArrayDataset(
      name: "digits", inputs: NDArray(pixels, shape: [labels.count, 8, 8, 1]), targets: NDArray(labels),
      classNames: (0..<10).map(String.init), normalization: Normalization(mean: [0], deviation: [16]),
      provenance: Provenance(licence: "CC BY 4.0", source: "Alpaydin and Kaynak 1998, UCI, doi:10.24432/C50P49"))
  }
}
