import ArgumentParser

/// `hebb ocr`: reads text in pictures, and learns to.
struct OCRCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ocr",
    abstract: "Read the text in pictures: pages, photos, single lines, captchas.",
    discussion: """
      hebb ocr page.png
      hebb ocr scan*.png --format hocr > pages.html
      hebb ocr train --images labels/ --model latin
      hebb ocr serve
      hebb ocr evaluate --images labels/ --model runs/read
      """,
    subcommands: [
      OCRReadCommand.self, OCRTrainCommand.self, OCREvaluateCommand.self, OCRServeCommand.self, OCRPackCommand.self,
    ],
    defaultSubcommand: OCRReadCommand.self)
}
