extension Drawing {
  /// The drawing as the text of an SVG file. Text stays text, in the reader's own sans-serif font.
  public func svg() -> String {
    let (w, h) = (number(width), number(height))
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(w)" height="\#(h)" viewBox="0 0 \#(w) \#(h)""#
        + #" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">"#,
      ##"<rect width="\##(w)" height="\##(h)" fill="#ffffff"/>"##,
    ]
    for mark in marks { lines.append(element(mark)) }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func element(_ mark: Mark) -> String {
    switch mark {
    case .rectangle(let area, let color):
      return #"<rect \#(place(area))\#(paint("fill", color))/>"#
    case .disk(let center, let radius, let color):
      return #"<circle cx="\#(number(center.x))" cy="\#(number(center.y))" r="\#(number(radius))""#
        + paint("fill", color) + "/>"
    case .line(let points, let color, let width, let dashes):
      let path = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
      let dashing = dashes.isEmpty ? "" : #" stroke-dasharray="\#(dashes.map(number).joined(separator: " "))""#
      return #"<polyline points="\#(path)" fill="none"\#(paint("stroke", color)) stroke-width="\#(number(width))""#
        + #" stroke-linejoin="round" stroke-linecap="\#(dashes.isEmpty ? "round" : "butt")"\#(dashing)/>"#
    case .text(let text):
      let (x, y) = (number(text.position.x), number(text.position.y))
      return #"<text x="\#(x)" y="\#(y)" font-size="\#(number(text.size))"\#(paint("fill", text.color))"#
        + (text.anchor == .start ? "" : #" text-anchor="\#(text.anchor.rawValue)""#)
        + (text.isBold ? #" font-weight="bold""# : "")
        + (text.isTurned ? #" transform="rotate(-90 \#(x) \#(y))""# : "") + ">\(Drawing.escaped(text.string))</text>"
    case .picture(let pixels, let area):
      return
        #"<image \#(place(area)) preserveAspectRatio="none" image-rendering="pixelated""#
        + #" href="data:image/png;base64,\#(EmbeddedPicture.base64(pixels))"/>"#
    }
  }

  private func place(_ area: Rectangle) -> String {
    #"x="\#(number(area.left))" y="\#(number(area.top))""#
      + #" width="\#(number(area.width))" height="\#(number(area.height))""#
  }

  private func paint(_ attribute: String, _ color: Color) -> String {
    let opacity = color.opacity < 1 ? #" \#(attribute)-opacity="\#(number(color.opacity))""# : ""
    return #" \#(attribute)="\#(color.hexadecimal)"\#(opacity)"#
  }

  /// A coordinate with two decimal places at most.
  private func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    let decimals = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return (hundredths < 0 ? "-" : "") + "\(whole)" + decimals
  }

  /// A text as it may stand in XML; characters that XML does not allow become a question mark.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case _
      where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0xFFFE
        || scalar.value == 0xFFFF:
        result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
