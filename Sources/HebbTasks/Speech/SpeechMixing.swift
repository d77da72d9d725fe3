import Hebb

/// Makes one sound of several: what a microphone might have heard of words that were recorded one by one.
struct SpeechMixing {
  /// A sound, and where its words are.
  struct Mix {
    var samples: [Float] = []
    var words: [Range<Int>] = []

    mutating func add(word: [Float]) {
      words.append(samples.count..<samples.count + word.count)
      samples += word
    }

    mutating func add(silence: Int) { samples += [Float](repeating: 0, count: silence) }
  }

  /// Samples a second.
  let rate: Int

  /// Words at other paces and loudnesses, silence between and around them, noise, and at times another sound before or behind
  /// them: for learning. Where there are no words, a sound without any.
  func varied(_ words: [[Float]], using random: inout Philox) -> Mix {
    var mix = Mix()
    if words.isEmpty { mix.samples = wordless(pause(0.3..<3, &random), using: &random) }
    if !words.isEmpty, chance(0.1, &random) { mix.samples = wordless(pause(0.1..<0.6, &random), using: &random) }
    if !words.isEmpty, chance(0.7, &random) { mix.add(silence: pause(0..<0.4, &random)) }
    for (index, word) in words.enumerated() {
      if index > 0 { mix.add(silence: pause(0..<0.35, &random)) }
      let pace = chance(0.8, &random) ? Double.random(in: 0.85..<1.18, using: &random) : 1
      let gain = Float.random(in: 0.6..<1.4, using: &random)
      mix.add(word: stretched(word, pace: pace).map { $0 * gain })
    }
    if words.isEmpty || chance(0.7, &random) { mix.add(silence: pause(0.1..<0.4, &random)) }
    if !words.isEmpty, chance(0.1, &random) { mix.samples += wordless(pause(0.1..<0.6, &random), using: &random) }
    if chance(0.85, &random) {
      let distance = Double.random(in: 8..<50, using: &random)
      let color = chance(0.5, &random) ? Float.random(in: 0..<0.95, using: &random) : 0
      mix.samples = noisy(mix.samples, decibels: distance, color: color, using: &random)
    }
    // From barely audible to as loud as it can be.
    mix.samples = scaled(mix.samples, peak: decibels(Double.random(in: -46..<0, using: &random)))
    return mix
  }

  /// Words with pauses of 0.05 to 0.4 s between them and white noise 30 dB below: for testing. Where there are no words, a
  /// sound without any.
  func plain(_ words: [[Float]], using random: inout Philox) -> Mix {
    var mix = Mix()
    if words.isEmpty { mix.samples = wordless(pause(0.5..<3, &random), using: &random) }
    for (index, word) in words.enumerated() {
      if index > 0 { mix.add(silence: pause(0.05..<0.4, &random)) }
      mix.add(word: word)
    }
    mix.samples = noisy(mix.samples, decibels: 30, color: 0, using: &random)
    return mix
  }

  /// A sound without words, from hardly audible to as loud as words are.
  private func wordless(_ count: Int, using random: inout Philox) -> [Float] {
    let sound = WordlessSound(rate: rate)(count, using: &random)
    return scaled(sound, peak: decibels(Double.random(in: -30..<0, using: &random)))
  }

  /// Samples of a silence of so many seconds.
  private func pause(_ seconds: Range<Float>, _ random: inout Philox) -> Int {
    Int(Float.random(in: seconds, using: &random) * Float(rate))
  }

  private func chance(_ probability: Float, _ random: inout Philox) -> Bool {
    Float.random(in: 0..<1, using: &random) < probability
  }

  /// Played faster or slower, pitch and all, in straight lines between the samples.
  private func stretched(_ word: [Float], pace: Double) -> [Float] {
    guard pace != 1, word.count > 1 else { return word }
    return (0..<Int(Double(word.count - 1) / pace) + 1).map { m in
      let place = Double(m) * pace
      let n = min(Int(place), word.count - 2)
      let share = Float(place - Double(n))
      return word[n] * (1 - share) + word[n + 1] * share
    }
  }

  /// With noise so many decibels below the sound (below 1 where it is silent); `color` is how much of the last sample of noise goes
  /// into the next.
  private func noisy(_ sound: [Float], decibels below: Double, color: Float, using random: inout Philox) -> [Float] {
    let energy = sound.reduce(0.0) { $0 + Double($1 * $1) }
    let level = energy > 0 ? (energy / Double(sound.count)).squareRoot() : 1
    let deviation = Float(level * decibels(-below)) * (1 - color * color).squareRoot()
    let draws = NDArray.normal([sound.count], using: &random).elements(as: Float.self)
    var last: Float = 0
    return zip(sound, draws).map { sample, draw in
      last = last * color + draw * deviation
      return sample + last
    }
  }

  private func scaled(_ sound: [Float], peak: Double) -> [Float] {
    let top = sound.reduce(0) { max($0, abs($1)) }
    guard top > 0 else { return sound }
    let factor = Float(peak) / top
    return sound.map { $0 * factor }
  }

  /// 10^(x / 20).
  private func decibels(_ x: Double) -> Double { Mathematics.exp(x / 20 * Mathematics.log(10)) }
}
