extension CatalogEntry {
  static let arrowHead = CatalogEntry.series(
    "arrowhead", title: "ArrowHead", summary: "211 outlines of arrowheads of three kinds, 251 steps",
    source: "Ye and Keogh 2009, UCR archive, https://timeseriesclassification.com")
}
