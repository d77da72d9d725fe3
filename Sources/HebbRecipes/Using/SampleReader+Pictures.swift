import HebbArrays
import HebbFiles

extension SampleReader {
  /// A picture in the size and colours that the network takes, fitted as those of training were.
  func picture(_ bytes: [UInt8], name: String) throws(DataError) -> Sample {
    guard model.input.rank == 3, let tone = model.tone, [1, 3].contains(model.input[2]) else {
      throw DataError(name, "the network takes \(model.input) numbers, not pictures", advice: "give rows of numbers")
    }
    let decoded = Picture.picture(try Picture.decode(bytes, name: name), channels: model.input[2])
    let scale = Float(tone.white / 255)
    if let drawn = drawn(decoded, tone) {
      let pixels = drawn.cast(to: .float32).elements(as: Float.self).map { tone.border > 0.5 ? 255 - $0 : $0 }
      return Sample(name: name, values: NDArray(pixels.map { $0 * scale }, shape: model.input), looksInverted: false)
    }
    let sized = Picture.fitted(decoded, height: model.input[0], width: model.input[1], by: model.spec.data.fit)
    let pixels = sized.cast(to: .float32).elements(as: Float.self).map { inverts ? 255 - $0 : $0 }
    let border = PictureTone.border(of: NDArray(pixels, shape: model.input.inserting(1, at: 0))) / 255
    return Sample(
      name: name, values: NDArray(pixels.map { $0 * scale }, shape: model.input),
      looksInverted: model.input[2] == 1 && tone.looksInverted(border: border))
  }

  /// A drawing's ink, as large and as central as that of the data set is, whatever it was drawn on; nil where there is
  /// none, or where the picture has the network's size already.
  private func drawn(_ picture: NDArray, _ tone: PictureTone) -> NDArray? {
    let (height, width) = (model.input[0], model.input[1])
    guard let share = tone.ink, case .set = model.spec.data.source, picture.shape != Shape([height, width, 1]) else {
      return nil
    }
    return DrawnInk(picture)?.framed(height: height, width: width, share: share, centering: tone.centering)
  }
}
