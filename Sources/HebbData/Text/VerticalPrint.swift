extension Unicode.Scalar {
  /// Whether it keeps its head up in a line that goes down the page: the characters of East Asia and their punctuation do, others
  /// lie on their side.
  package var standsUprightInVerticalPrint: Bool {
    value >= 0x2E80 || (0x2010...0x2027).contains(value) || self == "·"
  }
}
