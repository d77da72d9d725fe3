extension CatalogEntry {
  private static let trecAddress = "https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/master/data"

  /// English texts of six classes.
  public static let trec6 = CatalogEntry.corpus(
    "trec6", "5,952 questions of six kinds: abbreviation, description, entity, human, location, number",
    licence: "none stated", source: "Li and Roth 2002, https://cogcomp.seas.upenn.edu/Data/QA/QC",
    folders: ["trec6", "TREC"], files: ["TREC.train.all", "TREC.test.all"], recipe: "questions",
    address: "https://github.com/harvardnlp/sent-conv-torch",
    downloads: [
      Download(
        name: "TREC.train.all", address: "\(trecAddress)/TREC.train.all",
        checksum: .file("c62c403d02ef12ad46da9bfb308473d4"), limit: 1_000_000),
      Download(
        name: "TREC.test.all", address: "\(trecAddress)/TREC.test.all",
        checksum: .file("0e43dfe89110e97af7e7d5c5dbc55293"), limit: 1_000_000),
    ])
}
