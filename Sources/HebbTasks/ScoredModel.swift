import Hebb
import HebbFiles
import HebbOCR
import HebbRuns

/// A trained network of a task that can be measured on labelled data of the user's own.
package protocol ScoredModel: TaskModel {
  /// What it reaches on all samples of a file, or on the test part of a set of the catalogue.
  ///
  /// - Parameter source: a file as `--data` of the recipe's training takes it, or a set's name or folder.
  func score(on source: String) throws -> RunOutcome
}

extension TaskFile {
  /// The network that the file holds, whatever its task; nil where it holds one of another sort than tasks.
  package func model() throws -> (any TaskModel)? {
    func read<Model: TaskModel>(_ type: Model.Type) throws -> any TaskModel {
      let model = try Model(self)
      try load(into: model.network)
      return model
    }
    return switch task {
    case nil: nil
    case ClassifyModel.task: try read(ClassifyModel.self)
    case TagModel.task: try read(TagModel.self)
    case TranslateModel.task: try read(TranslateModel.self)
    case ForecastModel.task: try TrafficModel.holds(self) ? read(TrafficModel.self) : read(ForecastModel.self)
    case TextWriter.task: try setting("poems") == .bool(true) ? read(PoemWriter.self) : read(TextWriter.self)
    case Chatter.task: try read(Chatter.self)
    case Composer.task: try read(Composer.self)
    case DescribeModel.task: try read(DescribeModel.self)
    case SpeechModel.task: try read(SpeechModel.self)
    case TextReader.task: try read(TextReader.self)
    case let name?: throw damaged("there is no task “\(name)”")
    }
  }
}

extension TaskRun {
  /// What a network of this run reaches on the test part of the run's data, which are read again.
  ///
  /// - Parameter file: the run's model, or a copy of it.
  package func score(_ file: TaskFile) throws -> RunOutcome {
    guard file.reads(as: TaskFile(of: training.model)) else {
      throw DataError(
        file.path, "it does not fit what \(plan.source) gives now", advice: "name the data by --data, or train it again"
      )
    }
    try file.load(into: training.model.network)
    return try training.outcome()
  }
}
