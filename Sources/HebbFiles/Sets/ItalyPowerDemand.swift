extension CatalogEntry {
  static let italyPowerDemand = CatalogEntry.series(
    "italy-power-demand", title: "ItalyPowerDemand",
    summary: "1,096 days of electric power in summer and winter, 24 hours",
    source: "Keogh et al. 2006, UCR archive, https://timeseriesclassification.com")
}
