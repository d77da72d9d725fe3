extension Recipe {
  /// Wang, Yan and Oates 2017, "Time series classification from scratch", arXiv:1611.06455, with a quarter of their filters.
  static let classifySeries = Recipe(
    "classify-series", "time series of two or more classes: convolutions over time; --data takes a .ts file or a table",
    """
    name: classify-series
    summary: a fully convolutional network on time series

    data:
      series: gunpoint           # or a .ts file, or a table with a series in each line and its class behind it
      normalize: channels

    network:
      - conv1d: {filters: 32, kernel: 8, padding: same, bias: false}
      - batch-norm
      - relu
      - conv1d: {filters: 64, kernel: 5, padding: same, bias: false}
      - batch-norm
      - relu
      - conv1d: {filters: 32, kernel: 3, padding: same, bias: false}
      - batch-norm
      - relu
      - reshape: [-1, 1, 32]     # time as the height of a picture, whose mean is taken
      - global-average-pool
      - linear: classes

    training:
      epochs: 120
      batch: 16
      optimizer: {adamw: {rate: 0.003, decay: 0.01}}
      schedule: one-cycle

    """)
}
