extension Recipe {
  static let chineseNumerals = Recipe(
    "chinese-numerals", "handwritten Chinese numerals, tested on writers that training never saw",
    """
    name: chinese-numerals
    summary: a small convolutional network on handwritten Chinese numerals

    data:
      set: chinese-mnist         # writers 1 to 80 train, 81 to 100 test
      normalize: channels
      augment:
        - shift: 0.08
        - rotate: 12

    network:
      - conv: {filters: 16, kernel: 5, stride: 2, padding: 2, bias: false}
      - batch-norm
      - relu
      - conv: {filters: 32, kernel: 3, padding: same, bias: false}
      - batch-norm
      - relu
      - max-pool: 2
      - conv: {filters: 64, kernel: 3, padding: same, bias: false}
      - batch-norm
      - relu
      - max-pool: 2
      - conv: {filters: 128, kernel: 3, padding: same, bias: false}
      - batch-norm
      - relu
      - max-pool: 2
      - flatten
      - dropout: 0.4
      - linear: classes

    training:
      epochs: 20
      batch: 64
      optimizer: {adamw: {rate: 0.004, decay: 0.02}}
      schedule: one-cycle

    """)
}
