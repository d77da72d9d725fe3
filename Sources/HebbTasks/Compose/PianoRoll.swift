import HebbPlots

extension Figure {
  /// The keys that sound against time, high ones above; every C has its name, and every fourth step its number.
  package static func pianoRoll(_ title: String, _ music: Chorale) -> Figure {
    let sounding = music.steps.joined()
    let keys = ((sounding.min() ?? 60) - 1)...((sounding.max() ?? 60) + 1)
    let values = keys.reversed().map { key in music.steps.map { $0.contains(key) ? 1.0 : 0 } }
    // Some music has no C.
    let hasC = keys.contains { $0 % 12 == 0 }
    let letters = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
    let names = keys.reversed().map { !hasC || $0 % 12 == 0 ? letters[$0 % 12] + "\($0 / 12 - 1)" : "" }
    let every = 4 * max(1, music.steps.count / 100)
    let steps = music.steps.indices.map { $0 % every == 0 ? "\($0 + 1)" : "" }
    return Figure(
      title, width: 860, height: 420,
      panels: [
        HeatMap(
          values: values, rowNames: names, columnNames: steps, rowLabel: "key", columnLabel: "step", colors: .blues,
          range: 0...1, hasScale: false)
      ])
  }
}
