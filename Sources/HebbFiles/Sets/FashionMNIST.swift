import HebbData

extension CatalogEntry {
  static let fashionMNIST = MNISTFiles.entry(
    name: "fashion-mnist", summary: "70,000 pictures of clothing of 28 × 28, grey",
    provenance: Provenance(
      licence: "MIT", source: "Xiao, Rasul and Vollgraf 2017, https://github.com/zalandoresearch/fashion-mnist"),
    classNames: [
      "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ],
    // Debian's package dataset-fashion-mnist.
    distributionFolder: "/usr/share/datasets/fashion-mnist",
    address: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
    sums: [
      "f4a8712d7a061bf5bd6d2ca38dc4d50a", "9018921c3c673c538a1fc5bad174d6f9", "8181f5470baa50b63fa0f6fddb340f0a",
      "15d484375f8d13e6eb1aabb0c3f46965",
    ])
}
