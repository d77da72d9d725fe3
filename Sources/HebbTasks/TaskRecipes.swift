extension TaskRecipe {
  /// Every recipe of a task.
  package static let all: [TaskRecipe] = [
    .forecast,
    .sentiment,
    .sentimentZh,
    .spam,
    .questions,
    .classify,
    .nerZh,
    .nerEn,
    .tag,
    .shakespeare,
    .write,
    .poet,
    .chatbot,
    .chorales,
    .speechDigits,
    .translate,
    .caption,
    .traffic,
    .captcha,
    .read,
    .words,
    .latin,
    .printedDigits,
    .chinese,
  ]
}
