import HebbArrays

/// How PyTorch lays out the weights of a layer, and the way from there to here.
///
/// | layer | PyTorch | here |
/// | --- | --- | --- |
/// | `Linear` | `[outputs, inputs]` | `[inputs, outputs]` |
/// | `Linear` behind a flattened picture | columns by channel, row, column | rows by row, column, channel |
/// | `Conv1d` | `[outputs, inputs / groups, kernel]` | `[kernel, inputs / groups, outputs]` |
/// | `Conv2d` | `[outputs, inputs / groups, height, width]` | `[height, width, inputs / groups, outputs]` |
/// | `ConvTranspose2d` | `[inputs, outputs / groups, height, width]` | `[height, width, outputs / groups, inputs]` |
/// | normalisations | `weight`, `bias`, `running_mean`, `running_var` | `scale`, `shift`, `mean`, `variance` |
/// | `PReLU` | `weight` | `slopes` |
/// | `RNN`, `LSTM` | `[gates · units, inputs]`; gates i f g o; two biases | turned; i f g o; their sum |
/// | `GRU` | the same; gates r z n | turned; r z n; the candidate's recurrent bias apart |
/// | stacks, two directions | one module, names that end in `_l1`, `_l0_reverse` | ``Stacked``, ``Bidirectional`` |
/// | pictures | `[batch, channels, height, width]` | `[batch, height, width, channels]` |
/// | batch normalisation | running ← (1 − 0.1) · running + 0.1 · batch, unbiased | the same |
/// | epsilon of normalisations | 1e-5 | the same |
/// | `GELU` | by erf; `approximate="tanh"` | ``GELU``; ``GELUTanh`` |
/// | `CrossEntropyLoss` | logits | the same |
public enum PyTorchLayout: Sendable, Hashable {
  /// As here.
  case same
  /// That of a linear layer.
  case linear
  /// A linear layer behind a flattened picture of this many rows and columns.
  case flattened(Pair)
  /// That of a one-dimensional convolution.
  case convolution1D
  /// Also that of a transposed convolution.
  case convolution2D

  /// PyTorch's weights in our layout. Weights of another rank are left as they are: their shape will be found wrong.
  public func converted(_ weight: NDArray) -> NDArray {
    switch self {
    case .linear where weight.rank == 2: return weight.transposed()
    case .convolution1D where weight.rank == 3: return weight.transposed([2, 1, 0])
    case .convolution2D where weight.rank == 4: return weight.transposed([2, 3, 1, 0])
    case .flattened(let size) where weight.rank == 2 && size.area > 0 && weight.shape[1] % size.area == 0:
      let channels = weight.shape[1] / size.area
      return weight.reshaped([weight.shape[0], channels, size.height, size.width]).transposed([2, 3, 1, 0])
        .reshaped([weight.shape[1], weight.shape[0]])
    default: return weight
    }
  }

  /// A picture or a batch of pictures with the channels last.
  public static func picture(_ x: NDArray) -> NDArray {
    require(
      x.rank == 3 || x.rank == 4, "the shape \(x.shape) is not [channels, height, width], with a batch or not")
    return x.transposed(x.rank == 4 ? [0, 2, 3, 1] : [1, 2, 0])
  }
}
