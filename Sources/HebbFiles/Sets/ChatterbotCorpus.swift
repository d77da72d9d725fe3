extension CatalogEntry {
  /// Questions and answers in English and Chinese.
  package static let chatterbotCorpus = CatalogEntry.corpus(
    "chatterbot-corpus", "questions and answers in English and Chinese", licence: "BSD 3-Clause",
    source: "Cox 2016, https://github.com/gunthercox/chatterbot-corpus", folders: ["chatterbot-corpus", "data"],
    files: ["english/greetings.yml", "chinese/greetings.yml"], recipe: "chatbot",
    address: "https://github.com/gunthercox/chatterbot-corpus/tree/master/chatterbot_corpus/data")
}
