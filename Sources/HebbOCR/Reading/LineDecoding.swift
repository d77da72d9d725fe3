import HebbArrays
import HebbLayers

/// How text is found in what a network gives, and what is known of it beforehand.
///
/// Without anything that is known, the likeliest class of each step is taken. What is known acts inside of a search for the
/// likeliest text: a reader that may only answer digits answers the likeliest digits, not nothing.
public struct LineDecoding: Sendable {
  /// How many beginnings of the text the search keeps; 1 takes the likeliest class of each step where nothing is known.
  public var beamWidth: Int
  /// The characters that may be read.
  public var alphabet: Alphabet?
  /// For each place of the text the characters that may stand there; the text is as long as there are places.
  public var positions: [Alphabet]?
  /// The texts that may be read, such as a list of names.
  public var texts: [String]?
  /// What the whole text must look like.
  public var pattern: TextPattern?

  public init(
    beamWidth: Int = 1, alphabet: Alphabet? = nil, positions: [Alphabet]? = nil, texts: [String]? = nil,
    pattern: TextPattern? = nil
  ) {
    (self.beamWidth, self.alphabet, self.positions) = (beamWidth, alphabet, positions)
    (self.texts, self.pattern) = (texts, pattern)
  }

  /// Whether something is known of the text as a whole.
  var bindsWholeText: Bool { positions != nil || texts != nil || pattern != nil }

  /// Whether anything is known.
  var isBound: Bool { alphabet != nil || bindsWholeText }
}

/// Finds text in the logits of a line.
struct LineDecoder {
  /// A text with the steps that its characters come from.
  struct Found {
    let characters: [(character: Character, place: CTCAlignment.Place)]

    /// - Parameters:
    ///   - columnsPerStep: pixels of the picture for each step.
    ///   - width: of the picture.
    func line(_ columnsPerStep: Double, _ width: Int) -> LineReading {
      func column(_ step: Int) -> Double { min(Double(step) * columnsPerStep, Double(width)) }
      return LineReading(
        characters.map { character, place in
          LineReading.Glyph(
            character: character, columns: column(place.steps.lowerBound)..<column(place.steps.upperBound),
            confidence: place.confidence)
        })
    }
  }

  private let alphabet: Alphabet
  /// Nil where the likeliest class of each step is taken.
  private let beam: BeamDecoder?

  init(_ decoding: LineDecoding, _ alphabet: Alphabet) {
    self.alphabet = alphabet
    guard decoding.isBound || decoding.beamWidth > 1 else {
      beam = nil
      return
    }
    func labels(_ characters: Alphabet) -> Set<Int> { Set(characters.characters.compactMap { alphabet[$0] }) }
    beam = BeamDecoder(
      width: decoding.isBound ? max(decoding.beamWidth, 16) : decoding.beamWidth,
      alphabet: decoding.alphabet.map(labels), positions: decoding.positions?.map(labels),
      lexicon: decoding.texts.map { Lexicon($0.compactMap(alphabet.encode)) },
      pattern: decoding.pattern?.labels(alphabet))
  }

  /// - Parameter logits: `[steps, characters + 1]`.
  func callAsFunction(_ logits: NDArray) -> Found {
    guard let beam else { return likeliestPath(logits) }
    guard let best = beam(logits).first, let alignment = CTCAlignment(of: best.labels, in: logits) else {
      return Found(characters: [])
    }
    return found(best.labels, alignment.places)
  }

  private func found(_ labels: [Int], _ places: [CTCAlignment.Place]) -> Found {
    Found(characters: zip(labels, places).map { (alphabet.characters[$0 - 1], $1) })
  }

  /// The likeliest class of every step, repeats merged and blanks left out.
  private func likeliestPath(_ logits: NDArray) -> Found {
    let classes = logits.shape[1]
    let path = logits.argMax(axis: -1).elements(as: Int32.self).map(Int.init)
    let probabilities = logits.softmax()
    var (labels, places) = ([Int](), [CTCAlignment.Place]())
    var start = 0
    while start < path.count {
      let label = path[start]
      let end = path[start...].firstIndex { $0 != label } ?? path.count
      if label > 0 {
        let confidence = (start..<end).map { probabilities.element($0 * classes + label) }.max() ?? 0
        labels.append(label)
        places.append(CTCAlignment.Place(steps: start..<end, confidence: confidence))
      }
      start = end
    }
    return found(labels, places)
  }
}
