import Foundation
import HebbPlots
import HebbRecipes
import HebbTasks

/// What is to be known of a recipe that is no network file: its kinds, its settings, its data and its use.
struct RecipeSheet {
  let text: String

  /// Nil where no such recipe has the name.
  init?(_ name: String) {
    if let task = TaskRecipe.named(name) {
      self.init(task)
    } else if let rule = RuleRecipe.named(name) {
      let kinds = rule.kinds.map(\.name).joined(separator: ", ")
      self.init(
        name, rule.summary,
        [
          ("data", rule.data), ("--data", "a set's name, a table or a folder of pictures"), ("kinds", kinds),
          ("epochs", "\(rule.epochs)"),
        ])
    } else if let recipe = GenerativeRecipe.named(name) {
      self.init(
        name, recipe.summary,
        [
          ("data", recipe.data), ("--data", "a set's name or a folder of pictures"),
          ("kinds", RecipeSheet.kinds(recipe.kinds)),
        ])
    } else {
      return nil
    }
  }

  private init(_ task: TaskRecipe) {
    var facts: [(name: String, text: String)] = [("data", task.data)]
    if !task.own.isEmpty { facts.append(("--data", task.own)) }
    facts.append(("kinds", RecipeSheet.kinds(task.kinds)))
    for option in task.options { facts.append(("--set", "\(option.name)=…  \(option.meaning)")) }
    facts.append(("use", task.use.replacingOccurrences(of: "RUN", with: "runs/\(task.name)")))
    self.init(task.name, task.summary, facts)
  }

  private init(_ name: String, _ summary: String, _ facts: [(name: String, text: String)]) {
    var lines = ["\(name): \(summary)", ""]
    for (name, text) in facts + [("train", "hebb train \(name)")] {
      lines.append(name.padding(toLength: 8, withPad: " ", startingAt: 0) + text)
    }
    self.text = lines.joined(separator: "\n")
  }

  private static func kinds(_ kinds: [(name: String, epochs: Int)]) -> String {
    kinds.enumerated().map { index, kind in
      "\(kind.name) (\(kind.epochs) epochs\(index == 0 && kinds.count > 1 ? ", the usual one" : ""))"
    }.joined(separator: ", ")
  }
}
