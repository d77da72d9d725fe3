extension Recipe {
  static let cifarResNet20 = Recipe(
    "cifar-resnet20", "colour pictures in ten classes: a residual network of 20 layers",
    cifar("cifar-resnet20", "ResNet-20 on CIFAR-10", "resnet: {blocks: 3}"))

  static let cifarPlain20 = Recipe(
    "cifar-plain20", "the same 20 layers without shortcuts, for comparison",
    cifar("cifar-plain20", "20 plain layers on CIFAR-10", "resnet: {blocks: 3, residual: false}"))

  /// He et al. 2015, section 4.2, with a one-cycle schedule in place of their long one.
  private static func cifar(_ name: String, _ summary: String, _ network: String) -> String {
    """
    name: \(name)
    summary: \(summary)

    data:
      set: cifar10
      normalize: channels
      augment:
        - crop: 4                # pads by four pixels and cuts 32 × 32 out
        - flip: 0.5

    network:
      - \(network)

    training:
      epochs: 30
      batch: 128
      optimizer: {sgd: {rate: 0.2, momentum: 0.9, nesterov: true, decay: 0.0005}}
      schedule: one-cycle

    """
  }
}
