import Hebb
import HebbArrays
import HebbFiles
import HebbOCR
import HebbPlots
import HebbServer

/// Reads the pictures that are sent to it.
struct OCRService: Sendable {
  let readers: [TextReader]
  let decoding: LineDecoding
  /// A picture with more is refused from its header.
  let pixelLimit: Int

  static let types = ["image/png", "image/jpeg", "application/octet-stream", "multipart/form-data"]

  var routes: [Route] {
    [
      .get("/") { _ in
        Reply(
          OCRPage.html, type: "text/html; charset=utf-8",
          fields: [("Content-Security-Policy", OCRPage.policy), ("Referrer-Policy", "no-referrer")])
      },
      .post("/ocr", types: OCRService.types) { call in
        try await call.work { try answer(call) }
      },
    ]
  }

  private func answer(_ call: Call) throws(Refusal) -> Reply {
    let request = try OCRRequest(call)
    let pictures = request.pictures
    let reader = PageReader(readers, decoding: try decoding(request))
    let (format, areMany) = (request.format, pictures.count > 1)
    var pages: [String] = []
    for (number, picture) in pictures.enumerated() {
      try call.checkTime()
      do throws(DataError) {
        let pixels = try Picture.decode(picture.bytes, name: picture.name, pixelLimit: pixelLimit)
        let page = request.isLine ? reader.readLine(asPage: pixels) : reader.read(pixels)
        pages.append(format.page(page, name: picture.name, number: number, areMany: areMany))
      } catch {
        throw Refusal(422, error.description)
      }
    }
    // Several pages are one value of JSON all the same.
    let text = format == .json && areMany ? "[" + pages.joined(separator: ",") + "]\n" : pages.joined()
    return Reply(format.head(areMany: areMany) + text + format.tail, type: format.mediaType)
  }

  /// What is known of the text, with the request's own characters.
  private func decoding(_ request: OCRRequest) throws(Refusal) -> LineDecoding {
    guard let alphabet = request.alphabet else { return decoding }
    var decoding = decoding
    do throws(DataError) {
      let set = try Alphabet(ranges: alphabet)
      try set.check(readers)
      decoding.alphabet = set
    } catch {
      throw Refusal(400, error.description.printable)
    }
    return decoding
  }
}
