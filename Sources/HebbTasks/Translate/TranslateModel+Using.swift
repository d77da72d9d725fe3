import Hebb
import Synchronization

/// What a text became.
package struct Translation: Sendable {
  package let text: String
  /// The logarithm of its probability, as the network sees it.
  package let logProbability: Double
  /// Whether the end of the source was left out, as it was too long.
  package let isCut: Bool
  /// What the network wrote, its end included.
  let tokens: [Int]
}

extension TranslateModel {
  /// Of a longer text the beginning is read: networks that learnt from sentences can make nothing of pages.
  private static let longest = (characters: 2_000, tokens: 256)

  /// The likeliest translation that a search finds. What is empty stays empty.
  ///
  /// - Parameter beams: how many beginnings the search keeps.
  package func translate(_ text: String, beams: Int = 4) -> Translation {
    let (source, isCut) = read(text)
    guard source.count > 1 else { return Translation(text: "", logProbability: 0, isCut: false, tokens: []) }
    let limit = 2 * source.count + 20
    let found = writer(source).search(
      after: [PairVocabulary.begin], count: limit, beams: beams, lengthPenalty: 1, end: PairVocabulary.end)
    let best = found.first ?? FoundText(tokens: [], logProbability: -.infinity, score: -.infinity)
    return Translation(
      text: TextPairs.printable(vocabulary.decode(best.tokens)), logProbability: best.logProbability, isCut: isCut,
      tokens: best.tokens + [PairVocabulary.end])
  }

  /// Translations of many texts, shared between threads.
  package func translate(_ texts: [String], beams: Int = 4) -> [Translation] {
    let found = Mutex<[Int: Translation]>([:])
    ThreadPool.shared.run(texts.count) { index in
      let translation = translate(texts[index], beams: beams)
      found.withLock { $0[index] = translation }
    }
    return found.withLock { found in texts.indices.compactMap { found[$0] } }
  }

  /// The words of a text in small letters, without marks; each Chinese character is one.
  static func words(of text: String) -> [String] {
    WordTokenizer.words(of: text).filter { $0.contains { $0.isLetter || $0.isNumber } }
  }

  /// Words of a text that stand in none of the texts that were learnt, each once. They are read by their pieces.
  package func unknown(in text: String) -> [String] {
    guard let words else { return [] }
    var seen: Set<String> = []
    return TranslateModel.words(of: text).filter { words[$0] == nil && seen.insert($0).inserted }
  }

  /// The numbers of a text, with the end behind them, and whether some were left out.
  private func read(_ text: String) -> (tokens: [Int], isCut: Bool) {
    let plain = TextPairs.plain(text)
    let scalars = plain.unicodeScalars
    var beginning = String.UnicodeScalarView()
    beginning.append(contentsOf: scalars.prefix(TranslateModel.longest.characters))
    let tokens = vocabulary.encode(String(beginning))
    let isCut = scalars.count > TranslateModel.longest.characters || tokens.count > TranslateModel.longest.tokens
    guard tokens.count > TranslateModel.longest.tokens else { return (tokens, isCut) }
    return (tokens.prefix(TranslateModel.longest.tokens - 1) + [PairVocabulary.end], isCut)
  }

  private func writer(_ source: [Int]) -> any SourceReader {
    let numbers = NDArray(source.map { Int32($0) }, shape: [1, source.count])
    return switch translator {
    case .recurrent(let network): network.translating(numbers)
    case .transformer(let network): network.translating(numbers)
    }
  }

  /// Where the network looked in the source as it wrote each word.
  package func attention(of text: String, to translation: Translation) -> AttentionMap {
    let (source, _) = read(text)
    guard source.count > 1 else { return AttentionMap(source: [], target: [], weights: []) }
    let read = [PairVocabulary.begin] + translation.tokens.dropLast()
    let weights = writer(source).attention(to: read)
    return AttentionMap(weights, source: source, target: translation.tokens, vocabulary)
  }
}

/// A network that has read a source, and writes what it becomes.
private protocol SourceReader: LanguageModel {
  func attention(to tokens: [Int]) -> NDArray
}

extension RecurrentWriter: SourceReader {}
extension TransformerWriter: SourceReader {}
