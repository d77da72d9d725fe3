extension Recipe {
  static let fashionLeNet = Recipe(
    "fashion-lenet", "pictures of clothing: LeNet-5 with ReLU",
    """
    name: fashion-lenet
    summary: LeNet-5 with ReLU on Fashion-MNIST

    data:
      set: fashion-mnist
      normalize: channels
      augment:
        - flip: 0.5

    network:
      - conv: {filters: 6, kernel: 5, padding: same}
      - relu
      - max-pool: 2
      - conv: {filters: 16, kernel: 5}
      - relu
      - max-pool: 2
      - flatten
      - linear: 120
      - relu
      - linear: 84
      - relu
      - linear: classes

    training:
      epochs: 15
      batch: 64
      optimizer: {adam: {rate: 0.004}}
      schedule: one-cycle

    """)
}
