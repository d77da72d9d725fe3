extension CatalogEntry {
  static let basicMotions = CatalogEntry.series(
    "basic-motions", title: "BasicMotions", summary: "80 movements of four kinds, six variables of a watch, 100 steps",
    source: "UEA archive, Bagnall et al. 2018, arXiv:1811.00075")
}
