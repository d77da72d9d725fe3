extension CatalogEntry {
  /// 382 chorales by Bach in steps of a quarter note.
  package static let jsbChorales = CatalogEntry.corpus(
    "jsb-chorales", "382 chorales by Bach, in quarter notes", licence: "none stated; the music is in the public domain",
    source: "Boulanger-Lewandowski, Bengio and Vincent 2012, https://github.com/czhuang/JSB-Chorales-dataset",
    folders: ["jsb-chorales"], files: ["jsb-chorales-quarter.json"], recipe: "chorales",
    address: "https://github.com/czhuang/JSB-Chorales-dataset",
    downloads: [
      Download(
        name: "jsb-chorales-quarter.json",
        address:
          "https://raw.githubusercontent.com/czhuang/JSB-Chorales-dataset/master/jsb-chorales-quarter.json",
        checksum: .file("3bf6c38f846f08869f8ae53078e34902"), limit: 1 << 20)
    ])
}
