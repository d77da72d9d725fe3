/// Every experiment.
public enum Labs {
  public static let all: [any Lab] = [
    BackpropagationLab(), SoftmaxLab(), CrossEntropyLab(), GradientsLab(), ParametersLab(), SizesLab(),
  ]

  /// The experiment of a name.
  public static func named(_ name: String) -> (any Lab)? { all.first { $0.name == name } }
}
