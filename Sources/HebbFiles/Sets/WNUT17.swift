extension CatalogEntry {
  private static let wnutAddress = "https://raw.githubusercontent.com/leondz/emerging_entities_17/master"

  /// English sentences with a tag for each word.
  public static let wnut17 = CatalogEntry.corpus(
    "ner-wnut17-en", "5,690 English posts, six kinds of rare and new entities", licence: "CC BY 4.0",
    source: "Derczynski et al. 2017, https://github.com/leondz/emerging_entities_17",
    folders: ["ner-wnut17-en"], files: ["wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"],
    recipe: "ner-en", address: "https://github.com/leondz/emerging_entities_17",
    downloads: [
      Download(
        name: "wnut17train.conll", address: "\(wnutAddress)/wnut17train.conll",
        checksum: .file("c213127d9438fb2c64fe0fabe8644489"), limit: 2_000_000),
      Download(
        name: "emerging.dev.conll", address: "\(wnutAddress)/emerging.dev.conll",
        checksum: .file("29ad3845ac26a060fa3eecce3eb6c0fb"), limit: 2_000_000),
      Download(
        name: "emerging.test.annotated", address: "\(wnutAddress)/emerging.test.annotated",
        checksum: .file("811aac4001facfa08a1b56ee0a9c094a"), limit: 2_000_000),
    ])
}
