extension CatalogEntry {
  /// Tang poems in traditional characters: the first five files of a large collection. The poems of Debian's package
  /// fortunes-zh, in simplified characters, do instead.
  package static let tangPoems = CatalogEntry.corpus(
    "tang-poems", "5,000 Tang poems in traditional characters", licence: "MIT",
    source: "chinese-poetry, https://github.com/chinese-poetry/chinese-poetry", folders: ["tang-poems"],
    files: tangFiles.map(\.name), others: ["tang300"], recipe: "poet",
    address: "https://github.com/chinese-poetry/chinese-poetry/tree/master/全唐诗",
    downloads: tangFiles.map { file in
      Download(
        name: file.name,
        address: "https://raw.githubusercontent.com/chinese-poetry/chinese-poetry/master/"
          + "%E5%85%A8%E5%94%90%E8%AF%97/\(file.name)",
        checksum: .file(file.sum), limit: 1 << 20)
    }, distributionFolder: "/usr/share/games/fortunes")

  private static let tangFiles: [(name: String, sum: String)] = [
    ("poet.tang.0.json", "f457cf0334e903c0d08d1e1fcbd1030c"),
    ("poet.tang.1000.json", "4d2f286ea326667bc08e32971c90a11c"),
    ("poet.tang.2000.json", "821a70dd95b436614c6b0ae5cf9449d6"),
    ("poet.tang.3000.json", "c2b72b6e1a9dc4f02ef8f70f29e93199"),
    ("poet.tang.4000.json", "4112a429624619e71c9d1f965de16f5f"),
  ]
}
