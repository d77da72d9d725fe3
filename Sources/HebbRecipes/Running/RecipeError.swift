import HebbArrays
import HebbTraining

/// Why a command could not do its work. Its description is one line.
package enum RecipeError: Error, CustomStringConvertible {
  /// A file, a data set or a network file is not as it should be.
  case data(DataError)
  case training(TrainingError)
  case checkpoint(CheckpointError)

  package var description: String {
    switch self {
    case .data(let error): error.description
    case .training(let error): error.description
    case .checkpoint(let error): error.description
    }
  }
}
