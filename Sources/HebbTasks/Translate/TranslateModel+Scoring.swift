import Hebb
import HebbPlots
import HebbRuns

extension TranslateModel: ScoredModel {
  /// BLEU of pairs of texts, by characters where most of what is to be written is Chinese.
  func score(_ pairs: [TextPairs.Pair]) -> RunOutcome {
    let found = translate(pairs.map(\.source)).map(\.text)
    let chinese = pairs.count { $0.target.unicodeScalars.contains(where: \.isChinese) }
    let tokens: BLEU.Tokens = chinese > pairs.count / 2 ? .chinese : .words
    let bleu = BLEU(found, references: pairs.map(\.target), tokens: tokens)
    var outcome = RunOutcome()
    outcome.numbers = [("bleu", bleu.score), ("brevity", bleu.brevity)]
    outcome.sentences = [
      "test BLEU \(NumberText.fixed(bleu.score, places: 2)) on \(found.count) texts"
        + (tokens == .chinese ? ", by characters" : "")
    ]
    for (pair, text) in zip(pairs, found).prefix(3) { outcome.sentences += ["  \(pair.source)", "  → \(text)"] }
    outcome.files = [("test.txt", Array(found.map { $0 + "\n" }.joined().utf8))]
    return outcome
  }

  package func score(on source: String) throws -> RunOutcome { score(try TextPairs.toScore(source)) }
}
