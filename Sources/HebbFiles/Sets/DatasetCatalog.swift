import HebbArrays
import HebbData

/// The data sets that Hebb knows by name.
public enum DatasetCatalog {
  /// Every one of them, in the order of `hebb data list`.
  public static let all: [CatalogEntry] = [
    .digits,
    .iris,
    .wine,
    .mnist,
    .fashionMNIST,
    .cifar10,
    .chineseMNIST,
    .gunPoint,
    .italyPowerDemand,
    .arrowHead,
    .basicMotions,
    .airline,
    .sunspots,
    .co2,
    .etth1,
    .sst2,
    .chnSentiCorpHotel,
    .smsSpam,
    .trec6,
    .resumeNER,
    .wnut17,
    .tinyShakespeare,
    .tangPoems,
    .chatterbotCorpus,
    .jsbChorales,
    .fsdd,
    .multi30k,
    .tatoebaChinese,
    .cocoCaptionsTiny,
    .losLoop,
    .chickenpox,
    .captchaV2,
    .icdar2015Words,
  ]

  /// The data set of this name; capitals and hyphens do not matter.
  public static func entry(named name: String) -> CatalogEntry? {
    func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
    return all.first { plain($0.name) == plain(name) }
  }
}

extension CatalogEntry {
  static let digits = CatalogEntry(builtIn: "digits", "1,797 handwritten digits of 8 × 8, built in") { Digits.load() }
  static let iris = CatalogEntry(builtIn: "iris", "150 flowers of three species, four measures each, built in") {
    Iris.load()
  }
}
