extension CatalogEntry {
  /// - Source: Karatzas et al. 2015, "ICDAR 2015 competition on robust reading", doi:10.1109/ICDAR.2015.7333942, challenge 4,
  ///   task 3.
  public static let icdar2015Words = corpus(
    "icdar2015-words", "6,545 words cut from photographs of streets and shops", licence: "CC BY 4.0",
    source: "Karatzas et al. 2015, doi:10.1109/ICDAR.2015.7333942", folders: ["icdar2015-words"],
    files: ["icdar2015-words-train-h48.tar", "icdar2015-words-test-h48.tar"], others: ["train", "test"],
    recipe: "words", address: "https://rrc.cvc.uab.es/?ch=4&com=downloads (task 4.3: folders train and test, each with a file gt.txt)")
}
