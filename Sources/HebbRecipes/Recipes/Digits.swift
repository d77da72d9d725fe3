extension Recipe {
  static let digits = Recipe(
    "digits", "handwritten digits of 8 × 8, built in: a small convolutional network",
    """
    name: digits
    summary: a small convolutional network on the built-in digits

    data:
      set: digits
      normalize: unit            # 0 to 16 dark pixels become 0 to 1
      augment:
        - crop: 1                # moves the picture by up to one pixel
        - rotate: 8

    network:
      - conv: {filters: 32, kernel: 3, padding: same, bias: false}
      - batch-norm
      - relu
      - conv: {filters: 32, kernel: 3, padding: same, bias: false}
      - batch-norm
      - relu
      - max-pool: 2
      - conv: {filters: 64, kernel: 3, padding: same, bias: false}
      - batch-norm
      - relu
      - flatten
      - dropout: 0.3
      - linear: classes

    training:
      epochs: 40
      batch: 32
      optimizer: {adamw: {rate: 0.004, decay: 0.01}}
      schedule: one-cycle

    """)
}
