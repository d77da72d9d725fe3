extension TaskRecipe {
  private static func classifier(
    _ name: String, _ summary: String, data: String, kinds: [(name: String, epochs: Int)], use: String
  ) -> TaskRecipe {
    TaskRecipe(name: name, summary: summary, data: data, kinds: kinds, use: use) { try ClassifyTraining($0) }
  }

  static let sentiment = classifier(
    "sentiment", "whether a sentence of a film review is positive", data: "sst2",
    kinds: [("wide", 8), ("cnn", 8), ("lstm", 6), ("ngrams", 8), ("linear", 20)],
    use: "hebb classify RUN \"a gripping, beautifully shot film\"")

  static let sentimentZh = classifier(
    "sentiment-zh", "whether a Chinese review of a hotel is positive", data: "chnsenticorp-hotel",
    kinds: [("ngrams", 8), ("wide", 6), ("cnn", 6), ("lstm", 5), ("linear", 20)],
    use: "hebb classify RUN \"房间很干净，服务也好\"")

  static let spam = classifier(
    "spam", "whether a short message is spam", data: "sms-spam",
    kinds: [("wide", 6), ("cnn", 8), ("lstm", 6), ("ngrams", 8), ("linear", 20)],
    use: "hebb classify RUN \"You have won a prize! Call now\"")

  static let questions = classifier(
    "questions", "what a question asks for: a person, a place, a number, …", data: "trec6",
    kinds: [("ngrams", 12), ("wide", 14), ("cnn", 14), ("lstm", 10), ("linear", 20)],
    use: "hebb classify RUN \"Who wrote Hamlet?\"")

  static let classify = classifier(
    "classify", "classes of texts of your own, from a table or folders", data: "sst2",
    kinds: [("wide", 20), ("cnn", 20), ("lstm", 15), ("ngrams", 20), ("linear", 20)], use: "hebb classify RUN TEXT")
}
