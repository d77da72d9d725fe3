extension CatalogEntry {
  static let gunPoint = CatalogEntry.series(
    "gunpoint", title: "GunPoint", summary: "200 hands that draw a gun or point, 150 steps",
    source: "Ratanamahatana and Keogh, UCR archive, https://timeseriesclassification.com")
}
