import ArgumentParser
import Hebb
import HebbFiles
import HebbOCR
import HebbTasks

/// `hebb ocr FILE…`: the text of pictures.
struct OCRReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Read the text in PNG and JPEG pictures.",
    discussion: """
      hebb ocr page.png --model runs/latin
      hebb ocr page.jpg --model runs/latin --format json
      hebb ocr captcha.png --line --model runs/captcha
      hebb ocr plate.png --line --model runs/latin --pattern "[A-Z]{2} \\d{3}"
      hebb ocr page.png --model runs/latin --overlay found.png

      A page is searched for lines, upright or turned, dark on light or light on dark. A file that cannot be read is named \
      and passed over; the others are read, and the command ends with 2.
      """)

  @Argument(
    help: ArgumentHelp("PNG or JPEG files, or - for standard input.", valueName: "picture"), completion: .file())
  var pictures: [String]

  @OptionGroup var reading: ReadingOptions

  @Option(help: ArgumentHelp("What is printed: text, tsv, json or hocr.", valueName: "format"))
  var format = ReadingFormat.text

  @Flag(help: "The pictures are single lines: they are read without a search for lines.")
  var line = false

  @Option(
    help: ArgumentHelp(
      "Draw the page with its lines framed, and keep their text in the PNG; of one picture.", valueName: "file"))
  var overlay: String?

  func validate() throws {
    if overlay != nil, pictures.count > 1 || line {
      throw ValidationError("--overlay draws one page: give one, and leave --line out")
    }
  }

  func run() throws {
    reading.work.apply()
    let readers = try reading.readers()
    let reader = PageReader(readers, decoding: try reading.decoding(readers))
    var failures = 0
    let areMany = pictures.count > 1
    Console.lines(format.head(areMany: areMany))
    for (number, path) in pictures.enumerated() {
      let name = path == "-" ? "standard input" : path
      do throws(DataError) {
        let picture = path == "-" ? try Picture.decode(StandardInput.bytes(), name: name) : try Picture.read(path)
        let page = line ? reader.readLine(asPage: picture) : reader.read(picture)
        Console.lines(format.page(page, name: name, number: number, areMany: areMany))
        if let overlay { try PageOverlay.write(page, on: picture, to: overlay) }
      } catch {
        guard areMany else { throw error }
        Console.error("error: \(error)")
        failures += 1
      }
    }
    Console.lines(format.tail)
    if failures > 0 { throw ExitCode(2) }
  }
}

extension ReadingFormat: ExpressibleByArgument {}
