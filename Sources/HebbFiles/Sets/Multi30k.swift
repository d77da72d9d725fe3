extension CatalogEntry {
  /// - Source: Elliott, Frank, Sima'an and Specia 2016, "Multi30K: Multilingual English-German image descriptions".
  public static let multi30k = corpus(
    "multi30k", "31,014 picture captions in English and German, to translate",
    licence: "CC BY-NC-SA 4.0, for research and teaching", source: "Elliott et al. 2016, arXiv:1605.00459",
    folders: ["multi30k"],
    files: ["train.en", "train.de", "val.en", "val.de", "test_2016_flickr.en", "test_2016_flickr.de"],
    recipe: "translate", address: "https://github.com/multi30k/dataset (data/task1/raw)",
    downloads: [
      download("train.en.gz", "0065d13af80720a55ca8153d126e6627"),
      download("train.de.gz", "81ff90b99829c0cd4b1b587d394afd39"),
      download("val.en.gz", "2b69aa9253948ac9f67e94917272dd40"),
      download("val.de.gz", "6e0e229eb049e3fc99a1ef02fb2d5f91"),
      download("test_2016_flickr.en.gz", "ff2c0fcb4893a13bd73414306bc250ae"),
      download("test_2016_flickr.de.gz", "efd67d314d98489b716b145475101932"),
    ])

  private static func download(_ name: String, _ md5: String) -> Download {
    Download(
      name: name, address: "https://raw.githubusercontent.com/multi30k/dataset/master/data/task1/raw/\(name)",
      checksum: .file(md5), limit: 4 << 20)
  }
}
