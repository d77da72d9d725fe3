extension TaskRecipe {
  private static func tagger(_ name: String, _ summary: String, data: String, epochs: Int, use: String) -> TaskRecipe {
    TaskRecipe(
      name: name, summary: summary, data: data, kinds: [("lstm-crf", epochs)], use: use,
      own:
        "a file with a word, a tab and a tag (B-PER, I-PER, O) in each line and an empty line behind each sentence; or a "
        + "folder with such files for train, dev and test"
    ) { try TagTraining($0) }
  }

  static let nerZh = tagger(
    "ner-zh", "names, organisations and titles in Chinese resumes", data: "ner-resume-zh", epochs: 12,
    use: "hebb tag RUN \"吴重阳，中国国籍，大学本科，教授级高工\"")

  static let nerEn = tagger(
    "ner-en", "people, places, products and works in English posts", data: "ner-wnut17-en", epochs: 10,
    use: "hebb tag RUN \"Empire State Building is where @ann works\"")

  /// A tenth of the sentences is for testing, another to judge by; a folder may hold files for train, dev and test.
  static let tag = tagger(
    "tag", "tags of words in sentences of your own, from a file of words and tags", data: "ner-resume-zh", epochs: 20,
    use: "hebb tag RUN TEXT")
}
