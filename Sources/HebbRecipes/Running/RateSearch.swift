import HebbArrays
import HebbPlots
import HebbTraining

/// A range test of the learning rate, for a network and its data.
package struct RateSearch {
  package let curve: RateCurve
  package let figure: Figure

  package init(_ session: TrainingSession) {
    let name = session.plan.spec.name
    curve = session.trainer.findLearningRate(session.data.train, batchSize: session.plan.spec.training.batchSize)
    let lines = curve.suggestion.map { [ReferenceLine.vertical($0, "suggested")] }
    figure = Figure(
      "\(name): range test",
      panels: [
        Axes(
          x: Axis("learning rate", scale: .logarithmic), y: Axis("loss, smoothed"),
          series: [Series(x: curve.rates, y: curve.losses)], lines: lines ?? [])
      ])
  }
}
