extension CatalogEntry {
  /// Plays of Shakespeare in one file of 1,115,394 characters.
  package static let tinyShakespeare = CatalogEntry.corpus(
    "tiny-shakespeare", "plays of Shakespeare, 1,115,394 characters",
    licence: "MIT; the works are in the public domain",
    source: "Karpathy 2015, https://github.com/karpathy/char-rnn", folders: ["tinyshakespeare", "tiny-shakespeare"],
    files: ["input.txt"], recipe: "shakespeare",
    address: "https://github.com/karpathy/char-rnn/tree/master/data/tinyshakespeare",
    downloads: [
      Download(
        name: "input.txt",
        address: "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
        checksum: .file("6fb458f1232090904fb40fe944165e91"), limit: 1 << 21)
    ])
}
