extension CatalogEntry {
  /// - Source: Tatoeba, https://tatoeba.org, as pairs by https://www.manythings.org/anki.
  public static let tatoebaChinese = corpus(
    "tatoeba-cmn-eng", "22,075 sentences in English and Chinese, to translate",
    licence: "CC BY 2.0 France, the authors of each sentence are named beside it", source: "tatoeba.org",
    folders: ["tatoeba-cmn-eng"], files: ["cmn.txt"], recipe: "translate",
    address: "https://www.manythings.org/anki (cmn-eng.zip)")
}
