// Series that forecasts are tried on.

extension CatalogEntry {
  static let airline = CatalogEntry.corpus(
    "airline", "144 months of airline passengers, 1949 to 1960", licence: "none stated (facts)",
    source: "Box and Jenkins 1976, Series G", folders: ["timeseries"], files: ["airline-passengers.csv"],
    recipe: "forecast", address: "any copy of the series")

  static let sunspots = CatalogEntry.corpus(
    "sunspots", "309 years of sunspots, 1700 to 2008", licence: "public domain",
    source: "statsmodels; SILSO, Royal Observatory of Belgium", folders: ["timeseries"], files: ["sunspots.csv"],
    recipe: "forecast", address: "the package statsmodels, statsmodels/datasets/sunspots")

  static let co2 = CatalogEntry.corpus(
    "co2", "2,284 weeks of carbon dioxide above Mauna Loa, 1958 to 2001", licence: "public domain",
    source: "statsmodels; Keeling and Whorf 2004", folders: ["timeseries"], files: ["co2.csv"], recipe: "forecast",
    address: "the package statsmodels, statsmodels/datasets/co2")

  static let etth1 = CatalogEntry.corpus(
    "etth1", "17,420 hours of a transformer's oil temperature and loads", licence: "CC BY-ND 4.0",
    source: "Zhou et al. 2021, https://github.com/zhouhaoyi/ETDataset", folders: ["etth1"], files: ["ETTh1.csv"],
    recipe: "forecast", address: "https://github.com/zhouhaoyi/ETDataset, ETT-small")
}
