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
      - linear: 8
      - tanh
      - linear: classes

    training:
      epochs: 40
      batch: 16
      loss: {cross-entropy: {smoothing: 0.1}}   # two of the species overlap: no answer should be too sure
      optimizer: {adamw: {rate: 0.01, decay: 0.1}}
      schedule: cosine

    """)
}
