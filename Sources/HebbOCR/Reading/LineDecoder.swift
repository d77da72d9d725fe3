import HebbArrays
import HebbAutograd
import HebbLayers
import HebbModels

/// Finds text in what a network gives for a line. What is known of texts is prepared once, for as many lines as are read.
struct LineDecoder {
  /// A text with the steps that its characters come from.
  struct Found {
    /// A character, from where to where it reaches, and how sure the network was of it.
    struct Place {
      let character: Character
      let steps: Range<Double>
      let confidence: Double
    }

    let places: [Place]

    /// - Parameters:
    ///   - columnsPerStep: pixels of the picture for each step.
    ///   - width: of the picture.
    func line(_ columnsPerStep: Double, _ width: Int) -> LineReading {
      func column(_ step: Double) -> Double { min(max(step * columnsPerStep, 0), Double(width)) }
      return LineReading(
        places.map {
          LineReading.Glyph(
            character: $0.character, columns: column($0.steps.lowerBound)..<column($0.steps.upperBound),
            confidence: $0.confidence)
        })
    }
  }

  /// Whether something is known of the text as a whole.
  let bindsWholeText: Bool
  private let alphabet: Alphabet
  private let permitted: PermittedTexts
  /// How many beginnings are kept; 1 where the likeliest class of each step is taken.
  private let width: Int

  init(_ decoding: LineDecoding, _ alphabet: Alphabet) {
    (self.alphabet, bindsWholeText) = (alphabet, decoding.bindsWholeText)
    func labels(_ characters: Alphabet) -> Set<Int> { Set(characters.characters.compactMap { alphabet[$0] }) }
    permitted = PermittedTexts(
      alphabet: decoding.alphabet.map(labels), positions: decoding.positions?.map(labels),
      lexicon: decoding.texts.map { Lexicon($0.compactMap(alphabet.encode)) },
      pattern: decoding.pattern?.labels(alphabet))
    width = decoding.isBound ? max(decoding.beamWidth, 16) : max(decoding.beamWidth, 1)
  }

  /// What the logits of a line say, as CTC means them.
  ///
  /// - Parameter logits: `[steps, characters + 1]`.
  func callAsFunction(_ logits: NDArray) -> Found {
    guard width > 1 else { return likeliestPath(logits) }
    let beam = BeamDecoder(width: width, permitted: permitted)
    guard let best = beam(logits).first, let alignment = CTCAlignment(of: best.labels, in: logits) else {
      return Found(places: [])
    }
    return found(best.labels, alignment.places)
  }

  private func found(_ labels: [Int], _ places: [CTCAlignment.Place]) -> Found {
    Found(
      places: zip(labels, places).map { label, place in
        Found.Place(
          character: alphabet.characters[label - 1],
          steps: Double(place.steps.lowerBound)..<Double(place.steps.upperBound), confidence: place.confidence)
      })
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

  /// What a network writes that looks at a line. A character lies where it looked: about the centre of mass c of its attention,
  /// as far as even attention of the same spread σ reaches, c ± √3 σ, half a step at least.
  ///
  /// - Parameter steps: how many places the line has; the text has no more characters.
  func callAsFunction(_ writer: RecurrentWriter, steps: Int) -> Found {
    guard let best = WriterSearch(permitted: permitted, width: width)(writer, longest: steps) else {
      return Found(places: [])
    }
    let looks = Pass.inference { writer.attention(to: [0] + best.labels) }
    let count = looks.shape[1]
    let weights = looks.elements(as: Float.self).map(Double.init)
    return Found(
      places: zip(best.labels, best.confidences).enumerated().map { index, item in
        let row = weights[index * count..<(index + 1) * count].enumerated()
        let centre = row.reduce(0) { $0 + $1.element * (Double($1.offset) + 0.5) }
        let variance = row.reduce(0) { sum, look in
          let distance = Double(look.offset) + 0.5 - centre
          return sum + look.element * distance * distance
        }
        let reach = max(0.5, (3 * variance).squareRoot())
        return Found.Place(
          character: alphabet.characters[item.0 - 1], steps: centre - reach..<centre + reach, confidence: item.1)
      })
  }
}
