import HebbArrays
import HebbFiles
import HebbPlots

/// Writes figures to disk.
package enum FigureFile {
  /// Writes `PATH.svg` and `PATH.png`, each whole or not at all.
  ///
  /// - Parameter drawn: what is drawn in pixels, where it differs.
  package static func write(_ figure: Figure, drawn: Figure? = nil, to path: String) throws(DataError) {
    try AtomicFile.write(Array(figure.svg().utf8), to: "\(path).svg")
    try Picture.write((drawn ?? figure).raster(scale: 2), to: "\(path).png")
  }
}

extension FigureFile {
  /// Writes one file: SVG, PNG or JPEG, as its name says.
  package static func write(_ figure: Figure, as path: String) throws(DataError) {
    let name = path.lowercased()
    guard [".svg", ".png", ".jpg", ".jpeg"].contains(where: name.hasSuffix) else {
      throw DataError(path, "figures are written as PNG, JPEG or SVG", advice: "name it .png, .jpg or .svg")
    }
    if name.hasSuffix(".svg") {
      try AtomicFile.write(Array(figure.svg().utf8), to: path)
    } else {
      try Picture.write(figure.raster(scale: 2), to: path)
    }
  }
}

extension FigureFile {
  /// Writes figures of one size as an animated PNG: ten a second, the last for two seconds.
  package static func write(_ figures: [Figure], animated path: String) throws(DataError) {
    let frames = figures.enumerated().map { index, figure in
      (picture: figure.raster(scale: 2), seconds: index == figures.count - 1 ? 2 : 0.1)
    }
    try AtomicFile.write(PNG.encode(frames: frames), to: path)
  }
}
