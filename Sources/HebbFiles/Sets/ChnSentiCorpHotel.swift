extension CatalogEntry {
  /// Chinese texts of two classes.
  public static let chnSentiCorpHotel = CatalogEntry.corpus(
    "chnsenticorp-hotel", "7,766 Chinese hotel reviews, positive or negative", licence: "none stated",
    source: "Tan Songbo, ChnSentiCorp, https://github.com/SophonPlus/ChineseNlpCorpus",
    folders: ["chnsenticorp-hotel"], files: ["ChnSentiCorp_htl_all.csv"], recipe: "sentiment-zh",
    address: "https://github.com/SophonPlus/ChineseNlpCorpus")
}
