extension CatalogEntry {
  /// - Source: Lin et al. 2014, "Microsoft COCO: common objects in context", arXiv:1405.0312; captions: Chen et al. 2015,
  ///   arXiv:1504.00325.
  public static let cocoCaptionsTiny = corpus(
    "coco-captions-tiny", "101 photos with five captions each, a pinch of COCO, to describe",
    licence: "captions CC BY 4.0, each photo a Creative Commons licence of its own, in captions.json",
    source: "COCO 2017, cocodataset.org", folders: ["coco-captions-tiny"], files: ["coco-captions-tiny.tar"],
    recipe: "caption", address: "https://cocodataset.org (photos scaled to 128 pixels, with captions.json, as tar)")
}
