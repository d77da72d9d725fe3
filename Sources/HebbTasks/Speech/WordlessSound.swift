import Hebb

/// Sounds in which nobody speaks, drawn at random: tones, hum, chords, clicks, gusts of noise, silence.
///
/// A network that has heard nothing but words takes whatever it hears for one.
struct WordlessSound {
  /// Samples a second.
  let rate: Int

  /// So many samples, with peaks of about 1 where it is not silent.
  func callAsFunction(_ count: Int, using random: inout Philox) -> [Float] {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: [Float](repeating: 0, count: count)
    case 1: tone(count, using: &random)
    case 2: hum(count, using: &random)
    case 3, 4: music(count, using: &random)
    case 5: clicks(count, using: &random)
    default: gusts(count, using: &random)
    }
  }

  /// A tone, pure or with overtones, which may glide and tremble.
  private func tone(_ count: Int, using random: inout Philox) -> [Float] {
    let overtones = Bool.random(using: &random) ? 1 : Int.random(in: 2...6, using: &random)
    let falling = Double.random(in: 0.3..<0.9, using: &random)
    let glide = Bool.random(using: &random) ? 1 : Double.random(in: 0.7..<1.4, using: &random)
    let tremble = Bool.random(using: &random) ? 0 : Double.random(in: 0..<0.8, using: &random)
    let slow = Double.random(in: 2..<12, using: &random)
    let frequency = pitch(60..<3800, using: &random)
    var amplitudes: [Double] = []
    for overtone in 0..<overtones { amplitudes.append(overtone == 0 ? 1 : amplitudes[overtone - 1] * falling) }
    let sound = sines(count, (0..<overtones).map { frequency * Double($0 + 1) }, amplitudes, glide: glide)
    return sound.enumerated().map { n, x in
      x * Float(1 - tremble * (0.5 + 0.5 * Mathematics.sin(2 * .pi * slow * Double(n) / Double(rate))))
    }
  }

  /// The mains, with overtones of any strength.
  private func hum(_ count: Int, using random: inout Philox) -> [Float] {
    let mains = Bool.random(using: &random) ? 50.0 : 60
    let overtones = Int.random(in: 2...12, using: &random)
    let amplitudes = (0..<overtones).map { _ in Double.random(in: 0..<1, using: &random) }
    return sines(count, (1...overtones).map { mains * Double($0) }, amplitudes, glide: 1)
  }

  /// Notes and chords that are struck one after another and fade.
  private func music(_ count: Int, using random: inout Philox) -> [Float] {
    let root = pitch(80..<900, using: &random)
    let overtones = Int.random(in: 1...5, using: &random)
    let fading = Double.random(in: 0..<8, using: &random)
    var sound: [Float] = []
    while sound.count < count {
      let length = min(count - sound.count, Int(Double.random(in: 0.08..<0.7, using: &random) * Double(rate)) + 1)
      var frequencies: [Double] = [], amplitudes: [Double] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let step = Double(Int.random(in: 0...19, using: &random))
        for overtone in 1...overtones {
          frequencies.append(root * Mathematics.pow(2, step / 12) * Double(overtone))
          amplitudes.append(1 / Double(overtone * overtone))
        }
      }
      let chord = sines(length, frequencies, amplitudes, glide: 1)
      sound += chord.enumerated().map { n, x in
        let time = Double(n) / Double(rate)
        return x * Float(min(1, time / 0.01) * Mathematics.exp(-fading * time))
      }
    }
    return sound
  }

  /// Knocks that ring, each at a place of its own.
  private func clicks(_ count: Int, using random: inout Philox) -> [Float] {
    var sound = [Float](repeating: 0, count: count)
    for _ in 0..<Int.random(in: 1...12, using: &random) where count > 0 {
      let start = Int.random(in: 0..<count, using: &random)
      let fading = Double.random(in: 60..<2000, using: &random)
      let frequency = pitch(100..<3800, using: &random)
      let loudness = Double.random(in: 0.2..<1, using: &random)
      for n in start..<min(count, start + rate / 10) {
        let time = Double(n - start) / Double(rate)
        sound[n] += Float(
          loudness * Mathematics.exp(-fading * time) * Mathematics.cos(2 * .pi * frequency * time))
      }
    }
    return sound
  }

  /// Noise, dark or bright, that comes and goes.
  private func gusts(_ count: Int, using random: inout Philox) -> [Float] {
    let color = Float.random(in: -0.9..<0.97, using: &random)
    let (slow, depth) = (Double.random(in: 0.3..<6, using: &random), Double.random(in: 0..<1, using: &random))
    let draws = NDArray.normal([count], using: &random).elements(as: Float.self)
    let share = 0.3 * (1 - color * color).squareRoot()
    var last: Float = 0
    return draws.enumerated().map { n, draw in
      last = last * color + draw * share
      return last * Float(1 - depth * (0.5 + 0.5 * Mathematics.cos(2 * .pi * slow * Double(n) / Double(rate))))
    }
  }

  /// Sines at some frequencies, those that cannot be recorded left out; all glide to so many times their pitch.
  private func sines(_ count: Int, _ frequencies: [Double], _ amplitudes: [Double], glide: Double) -> [Float] {
    let limit = Double(rate) / 2 / max(1, glide)
    let heard = zip(frequencies, amplitudes).filter { $0.0 < limit }
    let level = 1 / max(1e-3, heard.reduce(0) { $0 + $1.1 })
    return (0..<count).map { n in
      let time = Double(n) / Double(rate)
      // The phase of a frequency that changes evenly from 1 to `glide` over the sound.
      let turns = time * (1 + (glide - 1) * Double(n) / Double(2 * count))
      return Float(heard.reduce(0) { $0 + $1.1 * level * Mathematics.sin(2 * .pi * $1.0 * turns) })
    }
  }

  /// A frequency of a range, every octave as often.
  private func pitch(_ range: Range<Double>, using random: inout Philox) -> Double {
    range.lowerBound
      * Mathematics.pow(range.upperBound / range.lowerBound, Double.random(in: 0..<1, using: &random))
  }
}
