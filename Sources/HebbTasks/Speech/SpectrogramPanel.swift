import Hebb
import HebbPlots

extension Transcription {
  /// The spectrogram, and below it how sure the network is of each word over time.
  package func figure(_ title: String) -> Figure {
    Figure(title, width: min(1600, max(480, 120 + 260 * duration)), height: 360, panels: [SpectrogramPanel(self)])
  }
}

/// A log-mel spectrogram, lowest band below; under it the probabilities of the words.
struct SpectrogramPanel: Panel {
  let transcription: Transcription

  init(_ transcription: Transcription) { self.transcription = transcription }

  private var end: Double { Transcription.time(ofStep: transcription.probabilities.shape[0]) }

  func draw(in area: Rectangle, on drawing: inout Drawing) {
    let left = area.left + 40
    let middle = area.top + 0.62 * area.height
    let spectrogram = Rectangle(left: left, top: area.top + 18, right: area.right, bottom: middle)
    let curves = Rectangle(left: left, top: middle + 22, right: area.right, bottom: area.bottom - 34)
    func x(_ time: Double) -> Double { left + min(1, time / end) * (area.right - left) }
    drawing.picture(picture, in: spectrogram)
    drawing.text(
      "mel", at: Point(area.left + 12, (spectrogram.top + spectrogram.bottom) / 2), color: .quiet, anchor: .middle,
      turned: true)
    for share in [0.0, 1] {
      let y = curves.bottom - share * curves.height
      drawing.line([Point(left, y), Point(area.right, y)], .grid)
      drawing.text(share == 0 ? "0" : "1", at: Point(left - 6, y + 4), size: 11, color: .quiet, anchor: .end)
    }
    for tick in Ticks.linear(0...end, count: 8) {
      drawing.text(tick.label, at: Point(x(tick.value), curves.bottom + 16), size: 11, color: .quiet, anchor: .middle)
    }
    drawing.text(
      "seconds", at: Point((left + area.right) / 2, curves.bottom + 32), color: .quiet, anchor: .middle)
    drawCurves(in: curves, x, on: &drawing)
    for word in transcription.words {
      let place = x(word.time)
      drawing.line([Point(place, spectrogram.top), Point(place, curves.bottom)], .axis, dashes: [3, 3])
      drawing.text(word.name, at: Point(place, spectrogram.top - 5), size: 14, anchor: .middle, bold: true)
    }
  }

  /// A curve for each class that comes near to being read, the blank left out.
  private func drawCurves(in area: Rectangle, _ x: (Double) -> Double, on drawing: inout Drawing) {
    let (steps, classes) = (transcription.probabilities.shape[0], transcription.probabilities.shape[1])
    let values = transcription.probabilities.elements(as: Float.self)
    for label in 1..<classes {
      let curve = (0..<steps).map { Double(values[$0 * classes + label]) }
      guard curve.contains(where: { $0 > 0.1 }) else { continue }
      let points = curve.enumerated().map { step, value in
        Point(x(Transcription.time(ofStep: step)), area.bottom - value * area.height)
      }
      drawing.line(points, Color.palette[(label - 1) % Color.palette.count], width: 1.5)
    }
  }

  /// A pixel for each frame and band.
  private var picture: NDArray {
    let features = transcription.features
    let (frames, bands) = (features.shape[0], features.shape[1])
    let values = features.elements(as: Float.self)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let bytes = (0..<bands).reversed().flatMap { band in
      (0..<frames).flatMap { frame -> [UInt8] in
        let share = high > low ? (values[frame * bands + band] - low) / (high - low) : 0
        let color = ColorMap.viridis[Double(share)]
        return [color.red, color.green, color.blue]
      }
    }
    return NDArray(bytes, shape: [bands, frames, 3])
  }
}
