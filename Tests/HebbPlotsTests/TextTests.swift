import HebbPlots
import Testing

@Suite struct TextTests {
  @Test func tablesAlign() {
    let table = TextTable(
      ["layer", "shape", "parameters", "share"],
      rows: [["conv1", "[28, 28, 6]", "156", "0.3 %"], ["漢字 é", "[120]", "48,120"], ["👍", "", "–", "12.5 %"]],
      footer: ["total", "", "48,276"])
    #expect(
      table.description == """
        layer   shape        parameters   share
        ──────  ───────────  ──────────  ──────
        conv1   [28, 28, 6]         156   0.3 %
        漢字 é  [120]            48,120
        👍                            –  12.5 %
        ──────  ───────────  ──────────  ──────
        total                    48,276
        """)
    #expect(TextTable([]).description == "")
  }

  @Test func wideCharactersCountTwo() {
    #expect("abc".displayWidth == 3)
    #expect("漢字".displayWidth == 4)
    #expect("e\u{301}".displayWidth == 1)
    #expect("ｶﾅ".displayWidth == 2)
    #expect("한글".displayWidth == 4)
    #expect("漢".padded(to: 4, alignRight: true) == "  漢")
  }

  @Test func sparklines() {
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([3, .nan, 3]) == "▅ ▅")
    #expect(Sparkline.text([]) == "")
    #expect(Sparkline.text([0, 0, 1, 1, 2, 2], width: 3) == "▁▅█")
    #expect(Sparkline.text([-1e308, 1e308], width: 2).count == 2)
  }
}
