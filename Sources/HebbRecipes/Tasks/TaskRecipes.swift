extension TaskRecipe {
  /// Every recipe of a task.
  package static let all: [TaskRecipe] = [
    .forecast,
    .traffic,
  ]
}
