extension CatalogEntry {
  /// Short English messages of two classes.
  public static let smsSpam = CatalogEntry.corpus(
    "sms-spam", "5,574 short messages, spam or ham", licence: "CC BY 4.0",
    source: "Almeida, Hidalgo and Yamakami 2011, https://archive.ics.uci.edu/dataset/228/sms+spam+collection",
    folders: ["sms-spam"], files: ["sms.tsv"], recipe: "spam",
    address: "https://github.com/justmarkham/pycon-2016-tutorial",
    downloads: [
      Download(
        name: "sms.tsv",
        address: "https://raw.githubusercontent.com/justmarkham/pycon-2016-tutorial/master/data/sms.tsv",
        checksum: .file("1949b64a224790d01335c2bf8a0e48b2"), limit: 2_000_000)
    ])
}
