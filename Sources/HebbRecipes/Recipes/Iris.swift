extension Recipe {
  static let iris = Recipe(
    "iris", "150 flowers of three species from four measures, built in: a second of training",
    """
    name: iris
    summary: a network with one hidden layer on Fisher's flowers

    data:
      set: iris
      normalize: channels        # each measure gets mean 0 and variance 1

    network:
      - linear: 16
      - tanh
      - linear: classes

    training:
      epochs: 60
      batch: 16
      optimizer: {adam: {rate: 0.02}}
      schedule: cosine

    """)
}
