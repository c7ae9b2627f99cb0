package parallax.config.wire.observation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.ClockSeen;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.config.observation.seen.ReachSeen.RoundTrips;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Observed;

/** What packets told that reach a server without a connection. */
final class ReachWire {
  private static final int MAX_ECHOES = 10_000;
  private static final int MAX_BYTE = 255;

  private static final EnumWords<TraceSeen.End, Observed.Facts.TraceEnd> ENDS =
      new EnumWords<>(TraceSeen.End.class, Observed.Facts.TraceEnd.class, "TRACE_END_");

  private ReachWire() {}

  static Observed.Facts.Reach write(ReachSeen reach) {
    Observed.Facts.Reach.Builder out = Observed.Facts.Reach.newBuilder();
    reach.echoes().map(ReachWire::write).ifPresent(out::setEchoes);
    reach.clock().map(ReachWire::write).ifPresent(out::setClock);
    reach.trace().map(ReachWire::write).ifPresent(out::setTrace);
    return out.build();
  }

  private static Observed.Facts.Echoes write(EchoesSeen echoes) {
    Observed.Facts.Echoes.Builder out =
        Observed.Facts.Echoes.newBuilder().setSent(echoes.sent()).setReceived(echoes.received());
    echoes
        .roundTrips()
        .ifPresent(
            times ->
                out.getRoundTripsBuilder()
                    .setShortestNs(Times.nanos(times.shortest()))
                    .setAverageNs(Times.nanos(times.average()))
                    .setLongestNs(Times.nanos(times.longest()))
                    .setJitterNs(Times.nanos(times.jitter())));
    return out.build();
  }

  private static Observed.Facts.Clock write(ClockSeen clock) {
    Observed.Facts.Clock.Builder out =
        Observed.Facts.Clock.newBuilder()
            .setOffsetNs(Times.nanos(clock.offset()))
            .setStratum(clock.stratum())
            .setReference(clock.reference())
            .setRoundTripNs(Times.nanos(clock.roundTrip()))
            .setRootDistanceNs(Times.nanos(clock.rootDistance()));
    clock.leap().ifPresent(out::setLeap);
    return out.build();
  }

  static ReachSeen read(Observed.Facts.Reach in) {
    return new ReachSeen(
        in.hasEchoes() ? Optional.of(read(in.getEchoes())) : Optional.empty(),
        in.hasClock() ? Optional.of(read(in.getClock())) : Optional.empty(),
        in.hasTrace() ? read(in.getTrace()) : Optional.empty());
  }

  private static Observed.Facts.Trace write(TraceSeen trace) {
    Observed.Facts.Trace.Builder out =
        Observed.Facts.Trace.newBuilder().setTo(trace.to()).setEnd(ENDS.write(trace.end()));
    for (TraceSeen.Hop hop : trace.hops()) {
      Observed.Facts.Hop.Builder written = out.addHopsBuilder();
      hop.by().ifPresent(written::setBy);
      hop.after().map(Times::nanos).ifPresent(written::setAfterNs);
    }
    return out.build();
  }

  private static Optional<TraceSeen> read(Observed.Facts.Trace in) {
    String to = Bounds.text("to", in.getTo(), FactsWire.MAX_TEXT);
    List<TraceSeen.Hop> hops =
        Bounds.items("hops", in.getHopsList(), TraceSeen.MAX_HOPS).stream()
            .map(
                hop ->
                    new TraceSeen.Hop(
                        FactsWire.text(hop.hasBy(), "by", hop.getBy()),
                        hop.hasAfterNs()
                            ? Optional.of(Times.duration("after", hop.getAfterNs()))
                            : Optional.empty()))
            .toList();
    return ENDS.read(in.getEnd()).map(end -> new TraceSeen(to, hops, end));
  }

  private static EchoesSeen read(Observed.Facts.Echoes in) {
    return new EchoesSeen(
        Bounds.number("sent", in.getSent(), MAX_ECHOES),
        Bounds.number("received", in.getReceived(), MAX_ECHOES),
        in.hasRoundTrips() ? Optional.of(read(in.getRoundTrips())) : Optional.empty());
  }

  private static RoundTrips read(Observed.Facts.RoundTrips in) {
    return new RoundTrips(
        Times.duration("shortest", in.getShortestNs()),
        Times.duration("average", in.getAverageNs()),
        Times.duration("longest", in.getLongestNs()),
        Times.duration("jitter", in.getJitterNs()));
  }

  private static ClockSeen read(Observed.Facts.Clock in) {
    return new ClockSeen(
        // Negative when the server's clock is behind.
        Duration.ofNanos(in.getOffsetNs()),
        Bounds.number("stratum", in.getStratum(), MAX_BYTE),
        Bounds.text("reference", in.getReference(), FactsWire.MAX_TEXT),
        Times.duration("round_trip", in.getRoundTripNs()),
        Times.duration("root_distance", in.getRootDistanceNs()),
        FactsWire.text(in.hasLeap(), "leap", in.getLeap()));
  }
}
