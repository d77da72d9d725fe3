import Foundation
import HebbArrays

/// The fonts of a machine, found by what they are for. The order is that of paths, so that every run sees the same.
public struct FontLibrary: Sendable {
  /// What lines are written in.
  public enum Script: String, Sendable, Hashable, CaseIterable {
    /// English and the languages of Western Europe.
    case latin
    /// Chinese in simplified characters, with Latin words between.
    case chinese
  }

  /// Where distributions put fonts.
  public static let systemFolders = ["/usr/share/fonts", "/usr/local/share/fonts"]

  /// The font files, sorted.
  public let paths: [String]

  /// - Parameter folders: looked through with all that is below them; those that are not there are left out.
  public init(folders: [String] = FontLibrary.systemFolders) {
    let endings: Set<String> = ["ttf", "otf", "ttc", "otc"]
    paths = Set(
      folders.flatMap { folder in
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
          .filter { endings.contains(($0 as NSString).pathExtension.lowercased()) }
          .map { "\(folder)/\($0)" }
      }
    ).sorted()
  }

  /// The faces that can draw a script, each design once.
  ///
  /// Left out are faces for other regions (Chinese characters as Japan or Taiwan draws them), hairlines, small capitals,
  /// initials, symbols, and files that cannot be opened.
  ///
  /// - Parameter families: those to be left out, so that a reader can be tried on fonts that it has not seen.
  public func typefaces(for script: Script, without families: Set<String> = []) -> [Typeface] {
    let needed = Self.needed(for: script)
    return paths.flatMap { path -> [Typeface] in
      guard Self.mayServe(path, script) else { return [] }
      let count = (try? Typeface.count(in: path)) ?? 0
      return (0..<count).compactMap { index in
        guard let typeface = try? Typeface(path, index: index), !families.contains(typeface.family),
          Self.isPlain(typeface, script), typeface.characters.contains(needed)
        else { return nil }
        return typeface
      }
    }
  }

  /// Debian's Noto has a file for each of a hundred scripts; only a few of them are needed, and opening all takes seconds.
  private static func mayServe(_ path: String, _ script: Script) -> Bool {
    let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    guard name.hasPrefix("Noto") else { return true }
    let family = name.split(separator: "-")[0]
    return switch script {
    case .latin: ["NotoSans", "NotoSerif", "NotoSansMono", "NotoSansDisplay", "NotoSerifDisplay"].contains(family)
    case .chinese: ["NotoSansCJK", "NotoSerifCJK", "NotoSansSC", "NotoSerifSC"].contains(family)
    }
  }

  /// False for families that draw Chinese characters for another region, or the same as one beside them in fixed width or
  /// in pixels, for faces too light to be printed, and for those that do not draw letters as such.
  private static func isPlain(_ typeface: Typeface, _ script: Script) -> Bool {
    let words = Set("\(typeface.family) \(typeface.style)".split(separator: " ").map(String.init))
    let isOfAnotherRegion = !words.isDisjoint(with: ["JP", "KR", "TC", "HK", "TW", "MBE"])
    let isAnother = words.contains("Sharp") || (words.contains("Mono") && !words.isDisjoint(with: ["CJK", "Hei"]))
    let isLight = !words.isDisjoint(with: ["Hairline", "Thin"])
    // In small capitals "x" and "X" look alike.
    let isSpecial = !words.isDisjoint(with: ["Keyboard", "Initials", "Outline", "Math", "Caps", "SmallCaps"])
    return !isOfAnotherRegion && !isAnother && !isLight && !isSpecial && !(script == .latin && words.contains("SC"))
  }

  private static func needed(for script: Script) -> String {
    let letters = String(String.UnicodeScalarView((33..<127).compactMap { Unicode.Scalar($0) }))
    return switch script {
    case .latin: letters + "ÀÉÎÕÜßàéîõüçñøåæœ€£§«»“”„–—…"
    case .chinese: letters + "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会" + "，。、；：？！（）《》"
    }
  }
}
