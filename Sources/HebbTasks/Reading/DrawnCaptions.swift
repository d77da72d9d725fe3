import Hebb
import HebbFiles
import HebbPlots
import HebbTypesetting

/// Captions in the letters of the machine's fonts, for what figures cannot write: Chinese, above all.
struct DrawnCaptions {
  /// How many rows of pixels a caption has.
  static let height = 20

  private let typefaces: [Typeface]
  private let renderer: LineRenderer

  /// - Returns: nil where figures can write these texts themselves, or no font of the machine can write them all.
  init?(for texts: [String]) {
    guard !texts.allSatisfy({ StrokeFont.draws($0) }) else { return nil }
    let scripts: [FontLibrary.Script] = [.chinese, .latin]
    let found = scripts.flatMap { FontLibrary().typefaces(for: $0) }
    let whole = found.first { face in texts.allSatisfy { face.characters.contains($0) } }
    let chosen = whole.map { [$0] } ?? found
    let areDrawn = texts.allSatisfy { text in chosen.contains { $0.characters.contains(text) } }
    guard areDrawn,
      let renderer = try? LineRenderer(typefaces: chosen, corpus: CharacterCorpus("0"), style: .plain, damage: .clean)
    else { return nil }
    (typefaces, self.renderer) = (chosen, renderer)
  }

  /// `uint8` `[height, width, 1]`: a caption, black on white, made smaller where it is too long.
  func picture(_ text: String, width: Int) -> NDArray {
    var random = Philox(seed: 0)
    guard
      let typeface = typefaces.first(where: { $0.characters.contains(text) }),
      let line = renderer.drawn(text, in: typeface, isVertical: false, using: &random)
    else { return .full([DrawnCaptions.height, width, 1], 255, dtype: .uint8) }
    return Picture.fitted(line.picture, height: DrawnCaptions.height, width: width, by: .pad)
  }
}
