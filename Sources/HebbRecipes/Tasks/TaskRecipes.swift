extension TaskRecipe {
  /// Every recipe of a task.
  package static let all: [TaskRecipe] = [
    .sentiment,
    .sentimentZh,
    .spam,
    .questions,
    .classify,
    .nerZh,
    .nerEn,
    .tag,
  ]
}
