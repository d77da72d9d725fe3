/// Every experiment.
public enum Labs {
  public static let all: [any Lab] = [
    // From one sample to a training.
    BackpropagationLab(), IterationsLab(), OptimizersLab(), AutoencoderLab(),
    // What stands in a network.
    SoftmaxLab(), CrossEntropyLab(), RectifierLab(),
    // Learning without learning by heart.
    CapacityLab(), WeightDecayLab(), DropoutLab(),
    // Depth.
    GradientsLab(), RemediesLab(), DepthLab(),
    // Pictures.
    ConvolutionLab(), TranslationLab(), ParametersLab(), SizesLab(), ReceptiveFieldLab(), WidthsLab(), PoolingLab(),
    // Sequences.
    PiecesLab(), SequenceLengthLab(), OrderLab(), SequenceShapesLab(), TimeGradientsLab(), MemoryLab(), DirectionsLab(),
    CTCLab(),
    ReadersLab(), DiffusionLab(),
  ]

  /// The experiment of a name.
  public static func named(_ name: String) -> (any Lab)? { all.first { $0.name == name } }
}
