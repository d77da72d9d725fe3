extension TaskRecipe {
  private static func classifier(
    _ name: String, _ summary: String, data: String, kinds: [(name: String, epochs: Int)], use: String
  ) -> TaskRecipe {
    TaskRecipe(
      name: name, summary: summary, data: data, kinds: kinds, use: use,
      own: "a CSV or TSV table with columns text and label, or a folder with a folder of .txt files for each class"
    ) { try ClassifyTraining($0) }
  }

  /// Test accuracy 82.8, 82.0 and 82.3 % (seeds 1 to 3), a linear model of words and pairs 82.1 %; half a minute on one core.
  static let sentiment = classifier(
    "sentiment", "whether a sentence of a film review is positive", data: "sst2",
    kinds: [("wide", 8), ("cnn", 8), ("lstm", 6), ("ngrams", 8), ("linear", 20)],
    use: "hebb classify RUN \"a gripping, beautifully shot film\"")

  /// Test accuracy 91.0, 91.2 and 91.2 % (seeds 1 to 3), a linear model 90.9 %; a minute on one core.
  static let sentimentZh = classifier(
    "sentiment-zh", "whether a Chinese review of a hotel is positive", data: "chnsenticorp-hotel",
    kinds: [("ngrams", 8), ("wide", 6), ("cnn", 6), ("lstm", 5), ("linear", 20)],
    use: "hebb classify RUN \"房间很干净，服务也好\"")

  /// Test accuracy 99.0, 99.1 and 99.0 % (seeds 1 to 3), a linear model 98.7 %; twenty seconds on one core.
  static let spam = classifier(
    "spam", "whether a short message is spam", data: "sms-spam",
    kinds: [("wide", 6), ("cnn", 8), ("lstm", 6), ("ngrams", 8), ("linear", 20)],
    use: "hebb classify RUN \"You have won a prize! Call now\"")

  /// Test accuracy 90.4, 90.6 and 91.2 % (seeds 1 to 3), a linear model 90.5 %; ten seconds on one core.
  static let questions = classifier(
    "questions", "what a question asks for: a person, a place, a number, …", data: "trec6",
    kinds: [("ngrams", 12), ("wide", 14), ("cnn", 14), ("lstm", 10), ("linear", 20)],
    use: "hebb classify RUN \"Who wrote Hamlet?\"")

  /// A tenth of the texts is for testing, a tenth of the rest to judge by, class by class.
  static let classify = classifier(
    "classify", "classes of texts of your own, from a table or folders", data: "sst2",
    kinds: [("wide", 20), ("cnn", 20), ("lstm", 15), ("ngrams", 20), ("linear", 20)], use: "hebb classify RUN TEXT")
}
