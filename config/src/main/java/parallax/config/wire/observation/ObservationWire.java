package parallax.config.wire.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.TargetName;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Observed;

/** One observation, without who looked: that stands with the batch it is in. */
public final class ObservationWire {
  private static final EnumWords<Layer, Observed.Layer> LAYERS =
      new EnumWords<>(Layer.class, Observed.Layer.class, "LAYER_");

  private ObservationWire() {}

  public static Observed.Observation write(Observation observation) {
    Observed.Observation.Builder out =
        Observed.Observation.newBuilder()
            .setTarget(observation.target().value())
            .setCheck(CheckWords.write(observation.check()))
            .setLayer(LAYERS.write(observation.layer()))
            .setScheduled(Times.write(observation.scheduled()))
            .setStartedAfterNs(
                Times.nanos(Duration.between(observation.scheduled(), observation.started())))
            .setDurationNs(Times.nanos(observation.duration()));
    switch (observation.outcome()) {
      case Outcome.Up _ -> out.setUp(Observed.Up.getDefaultInstance());
      case Outcome.Degraded(var finding) -> out.setDegraded(ReasonWords.write(finding));
      case Outcome.Down(var finding) -> out.setDown(ReasonWords.write(finding));
      case Outcome.Inconclusive(var finding) -> out.setInconclusive(ReasonWords.write(finding));
    }
    if (!observation.timings().equals(Timings.NONE)) {
      out.setTimings(timings(observation.timings()));
    }
    FactsWire.write(observation.facts()).ifPresent(out::setFacts);
    return out.build();
  }

  /**
   * Throws {@link WireFault} or, from the records' own checks, {@link IllegalArgumentException}
   * when it cannot be what a probe saw.
   */
  public static Observation read(Observed.Observation in, ObservationId id, Vantage vantage) {
    Layer layer = Bounds.known("layer", LAYERS.read(in.getLayer()));
    CheckKind check = Bounds.known("check", CheckWords.read(in.getCheck()));
    Bounds.require("scheduled", in.hasScheduled());
    Instant scheduled = Times.read("scheduled", in.getScheduled());
    return new Observation(
        id,
        vantage,
        new TargetName(Bounds.text("target", in.getTarget(), TargetName.MAX_LENGTH)),
        check,
        layer,
        scheduled,
        scheduled.plusNanos(in.getStartedAfterNs()),
        Times.duration("duration", in.getDurationNs()),
        outcome(in, layer),
        timings(in.getTimings()),
        in.hasFacts() ? FactsWire.read(in.getFacts()) : Facts.NONE);
  }

  private static Outcome outcome(Observed.Observation in, Layer layer) {
    return switch (in.getOutcomeCase()) {
      case UP -> Outcome.up();
      case DEGRADED -> new Outcome.Degraded(ReasonWords.readOfTarget(in.getDegraded(), layer));
      case DOWN -> new Outcome.Down(ReasonWords.readOfTarget(in.getDown(), layer));
      case INCONCLUSIVE -> new Outcome.Inconclusive(ReasonWords.readOfProbe(in.getInconclusive()));
      case OUTCOME_NOT_SET ->
          throw new WireFault(Fault.UNKNOWN_WORD, "an outcome that this version does not know");
    };
  }

  private static Observed.Timings timings(Timings timings) {
    Observed.Timings.Builder out = Observed.Timings.newBuilder();
    timings.phases().forEach((phase, time) -> set(out, phase, Times.nanos(time)));
    return out.build();
  }

  private static void set(Observed.Timings.Builder out, Phase phase, long nanos) {
    switch (phase) {
      case RESOLVE -> out.setResolveNs(nanos);
      case CONNECT -> out.setConnectNs(nanos);
      case TLS -> out.setTlsNs(nanos);
      case FIRST_BYTE -> out.setFirstByteNs(nanos);
      case TRANSFER -> out.setTransferNs(nanos);
    }
  }

  private static Timings timings(Observed.Timings in) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      if (has(in, phase)) {
        phases.put(phase, Times.duration("timings", nanos(in, phase)));
      }
    }
    return phases.isEmpty() ? Timings.NONE : new Timings(phases);
  }

  private static boolean has(Observed.Timings in, Phase phase) {
    return switch (phase) {
      case RESOLVE -> in.hasResolveNs();
      case CONNECT -> in.hasConnectNs();
      case TLS -> in.hasTlsNs();
      case FIRST_BYTE -> in.hasFirstByteNs();
      case TRANSFER -> in.hasTransferNs();
    };
  }

  private static long nanos(Observed.Timings in, Phase phase) {
    return switch (phase) {
      case RESOLVE -> in.getResolveNs();
      case CONNECT -> in.getConnectNs();
      case TLS -> in.getTlsNs();
      case FIRST_BYTE -> in.getFirstByteNs();
      case TRANSFER -> in.getTransferNs();
    };
  }
}
