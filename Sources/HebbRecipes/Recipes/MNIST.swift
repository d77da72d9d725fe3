extension Recipe {
  static let mnistMLP = Recipe(
    "mnist-mlp", "handwritten digits: the classic back-propagation network, 784-512-512-10",
    """
    name: mnist-mlp
    summary: the classic back-propagation network on MNIST

    data:
      set: mnist
      normalize: unit            # bytes become 0 to 1

    network:
      - flatten
      - dropout: 0.2
      - linear: {units: 512, initializer: he}
      - relu
      - dropout: 0.5
      - linear: {units: 512, initializer: he}
      - relu
      - dropout: 0.5
      - linear: classes

    training:
      epochs: 20
      batch: 128
      optimizer: {adam: {rate: 0.002}}
      schedule: one-cycle

    """)

  static let mnistLeNet = Recipe(
    "mnist-lenet", "handwritten digits: LeNet-5 with ReLU and max pooling",
    """
    name: mnist-lenet
    summary: LeNet-5 with ReLU on MNIST

    data:
      set: mnist
      normalize: channels
      augment:
        - crop: 2                # moves the picture by up to two pixels

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
