import Hebb

/// Sounds to learn from or to test, made of recordings as they are asked for: single ones, and strings of several.
///
/// What is said in a sample stays the same over the epochs. Which recordings say it, with what pauses, noise, pace and
/// loudness, is drawn anew: a function of seed, epoch and sample.
///
/// Inputs are `[samples, frames, bands + 2]`: behind the bands stands which labels of the sample sound, from and up to which
/// place, twice the same where none does. That is known here; it is for the loss, not for the network.
struct SpeechSamples: Dataset {
  typealias Recording = SpeechRecordings.Recording

  enum Item {
    /// A recording as it is.
    case recording(Int)
    /// What is said in each part of a string, by the same speaker where given.
    case string([[Int]], speaker: String?)
  }

  let name: String
  let recordings: [Recording]
  let items: [Item]
  let classNames: [String]
  let scale: FeatureScale
  /// Whether samples differ from epoch to epoch; else they are those of a test.
  let isVaried: Bool
  let normalization = Normalization.identity
  let targets: NDArray
  /// What is said in each sample.
  let labels: [[Int]]
  private let places: [[Int]: [Int]]
  private let mixing = SpeechMixing(rate: SpeechModel.frontEnd.rate)

  init(
    _ name: String, _ recordings: [Recording], items: [Item], classNames: [String], scale: FeatureScale, isVaried: Bool
  ) {
    (self.name, self.recordings, self.items, self.classNames) = (name, recordings, items, classNames)
    (self.scale, self.isVaried) = (scale, isVaried)
    places = Dictionary(grouping: recordings.indices) { recordings[$0].labels }
    labels = items.map { item in
      switch item {
      case .recording(let index): recordings[index].labels
      case .string(let parts, _): parts.flatMap(\.self)
      }
    }
    targets = PaddedSequences.labels(labels)
  }

  var count: Int { items.count }
  /// Grows with how long a sample is.
  var sizes: [Int] { labels.map(\.count) }

  func targets(at indices: [Int]) -> NDArray { PaddedSequences.labels(indices.map { labels[$0] }) }
  func inputs(at indices: [Int]) -> NDArray { batch(at: indices).inputs }
  func lengths(at indices: [Int]) -> [Int]? { batch(at: indices).lengths }
  func batch(at indices: [Int]) -> Batch { batch(at: indices, augmentedBy: [], seed: 0, epoch: 0) }

  func batch(at indices: [Int], augmentedBy: [any Augmentation], seed: UInt64, epoch: Int) -> Batch {
    let key = Philox(seed: isVaried ? seed : 0, stream: 0x73_0001).split(UInt64(epoch))
    let features = indices.map { index in
      var random = key.split(UInt64(index))
      let mix = mix(index, using: &random)
      let features = scale(SpeechModel.frontEnd(mix.samples))
      return NDArray.concatenated(
        [isVaried ? SpeechSamples.masked(features, using: &random) : features, sounding(index, mix)], axis: 1)
    }
    let inputs = SequenceDataset(name: name, sequences: features, labels: indices.map { _ in 0 }, classNames: [])
      .inputs(at: Array(indices.indices))
    return Batch(
      inputs: inputs, targets: targets(at: indices), indices: indices, lengths: features.map { $0.shape[0] })
  }

  /// A sample of a test, and the seconds in which each of its labels sounds.
  func sound(_ index: Int) -> (samples: [Float], times: [ClosedRange<Double>]) {
    var random = Philox(seed: 0, stream: 0x73_0001).split(0).split(UInt64(index))
    let mix = mix(index, using: &random)
    let rate = Double(SpeechModel.frontEnd.rate)
    let times = zip(mix.words, parts(of: index)).flatMap { word, labels in
      labels.map { _ in Double(word.lowerBound) / rate...Double(word.upperBound) / rate }
    }
    return (mix.samples, times)
  }

  /// The places of the labels that sound in each word of a sample.
  private func parts(of index: Int) -> [Range<Int>] {
    guard case .string(let parts, _) = items[index] else { return [0..<labels[index].count] }
    var end = 0
    return parts.map { part in
      end += part.count
      return end - part.count..<end
    }
  }

  private func mix(_ index: Int, using random: inout Philox) -> SpeechMixing.Mix {
    switch items[index] {
    case .recording(let number):
      var mix = SpeechMixing.Mix()
      mix.add(word: recordings[number].samples)
      return mix
    case .string(let parts, let speaker):
      // Most strings are spoken by one; a few change from word to word.
      let other = parts.first.map { drawn($0, nil, using: &random).speaker } ?? ""
      let voice = speaker ?? (Float.random(in: 0..<1, using: &random) < 0.75 ? other : nil)
      let words = parts.map { drawn($0, voice, using: &random).samples }
      return isVaried ? mixing.varied(words, using: &random) : mixing.plain(words, using: &random)
    }
  }

  /// A recording of some labels, by a speaker where there is one.
  private func drawn(_ labels: [Int], _ speaker: String?, using random: inout Philox) -> Recording {
    let all = places[labels] ?? []
    let chosen = all.filter { recordings[$0].speaker == speaker }
    let from = chosen.isEmpty ? all : chosen
    return recordings[from[Int.random(in: 0..<from.count, using: &random)]]
  }

  /// Which labels sound in the middle of each frame, `[frames, 2]`.
  private func sounding(_ index: Int, _ mix: SpeechMixing.Mix) -> NDArray {
    let frontEnd = SpeechModel.frontEnd
    let words = Array(zip(mix.words, parts(of: index)))
    let frames = frontEnd.frames(mix.samples.count)
    let places = (0..<frames).flatMap { frame -> [Float] in
      let middle = frame * frontEnd.hop + frontEnd.window / 2
      let labels = words.first { $0.0.contains(middle) }?.1 ?? 0..<0
      return [Float(labels.lowerBound), Float(labels.upperBound)]
    }
    return NDArray(places, shape: [frames, 2])
  }

  /// Bands and moments covered with the mean, so that no part is relied on.
  ///
  /// - Source: Park et al. 2019, "SpecAugment", arXiv:1904.08779.
  private static func masked(_ features: NDArray, using random: inout Philox) -> NDArray {
    let (frames, bands) = (features.shape[0], features.shape[1])
    var covered: [(frames: Range<Int>, bands: Range<Int>)] = []
    for _ in 0..<2 {
      let width = Int.random(in: 0...bands / 7, using: &random)
      let first = Int.random(in: 0...bands - width, using: &random)
      covered.append((0..<frames, first..<first + width))
    }
    for _ in 0...frames / 80 {
      let width = Int.random(in: 0...min(7, frames), using: &random)
      let first = Int.random(in: 0...frames - width, using: &random)
      covered.append((first..<first + width, 0..<bands))
    }
    var features = features
    features.mutate { (x: UnsafeMutableBufferPointer<Float>) in
      for (frames, columns) in covered {
        for t in frames { for band in columns { x[t * bands + band] = 0 } }
      }
    }
    return features
  }
}

/// Brings features to a mean of 0 and a spread of 1 over all recordings of training.
struct FeatureScale {
  let mean: Double
  let deviation: Double

  func callAsFunction(_ features: NDArray) -> NDArray { (features - mean) / deviation }
}

extension FeatureScale {
  init(of recordings: [SpeechRecordings.Recording]) {
    var (sum, squares, count) = (0.0, 0.0, 0)
    for recording in recordings {
      let features = SpeechModel.frontEnd(recording.samples)
      sum += features.sum().scalar
      squares += features.sumOfSquares().scalar
      count += features.count
    }
    mean = sum / Double(max(1, count))
    deviation = max(0.1, max(0, squares / Double(max(1, count)) - mean * mean).squareRoot())
  }
}
