import HebbPlots

extension Figure {
  /// The keys that sound against time, high ones above.
  package static func pianoRoll(_ title: String, _ music: Chorale) -> Figure {
    let sounding = music.steps.joined()
    let keys = ((sounding.min() ?? 60) - 1)...((sounding.max() ?? 60) + 1)
    let values = keys.reversed().map { key in music.steps.map { $0.contains(key) ? 1.0 : 0 } }
    let letters = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
    let names = keys.reversed().map { letters[$0 % 12] + "\($0 / 12 - 1)" }
    return Figure(
      title, width: 860, height: 420,
      panels: [
        HeatMap(
          values: values, rowNames: names, rowLabel: "key", columnLabel: "step (\(music.steps.count))",
          colors: .blues, range: 0...1)
      ])
  }
}
