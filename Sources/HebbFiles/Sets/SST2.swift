extension CatalogEntry {
  private static let sst2Address =
    "https://raw.githubusercontent.com/clairett/pytorch-sentiment-classification/master/data/SST2"

  /// English texts of two classes.
  public static let sst2 = CatalogEntry.corpus(
    "sst2", "9,613 sentences of film reviews, positive or negative", licence: "none stated",
    source: "Socher et al. 2013, Stanford Sentiment Treebank, https://nlp.stanford.edu/sentiment",
    folders: ["sst2", "SST2", "SST-2"], files: ["train.tsv", "dev.tsv", "test.tsv"], recipe: "sentiment",
    address: "https://github.com/clairett/pytorch-sentiment-classification",
    downloads: [
      Download(
        name: "train.tsv", address: "\(sst2Address)/train.tsv", checksum: .file("c6150a821d5effe356ec872c2b95855c"),
        limit: 2_000_000),
      Download(
        name: "dev.tsv", address: "\(sst2Address)/dev.tsv", checksum: .file("3f2a9a844576f2b5a7aeeac2ccbab1c7"),
        limit: 2_000_000),
      Download(
        name: "test.tsv", address: "\(sst2Address)/test.tsv", checksum: .file("f8f49ee1b37ec68b0e8977fbe33761e2"),
        limit: 2_000_000),
    ])
}
