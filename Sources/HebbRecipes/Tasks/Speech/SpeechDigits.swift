extension TaskRecipe {
  /// Spoken digits, alone or several in a row, by any of the speakers.
  ///
  /// One network reads both: ``SpeechCRNN`` over log-mel frames, trained by CTC on recordings that are joined anew in every
  /// epoch, with pauses, noise, paces and loudnesses.
  ///
  /// Seed 1 reads 98.67 % of the 300 test recordings exactly; of the digits in 300 strings of three to seven 1.36 % are wrong.
  static let speechDigits = TaskRecipe(
    name: "speech-digits", summary: "read spoken digits: convolutions and a recurrent layer over log-mel frames, CTC",
    data: "fsdd", kinds: [("split", 30), ("held-out", 30)],
    use: "hebb transcribe RUN RUN/example.wav --picture RUN/example.png",
    options: [("speaker", "who is held out, with --kind held-out")]
  ) { plan in try SpeechTraining(plan) }
}
