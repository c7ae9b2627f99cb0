package parallax.config.wire.observation;

import java.time.Duration;
import java.util.Optional;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.ClockSeen;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.config.observation.seen.ReachSeen.RoundTrips;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Observed;

/** What packets told that reach a server without a connection. */
final class ReachWire {
  private static final int MAX_ECHOES = 10_000;
  private static final int MAX_BYTE = 255;

  private ReachWire() {}

  static Observed.Facts.Reach write(ReachSeen reach) {
    Observed.Facts.Reach.Builder out = Observed.Facts.Reach.newBuilder();
    reach.echoes().map(ReachWire::write).ifPresent(out::setEchoes);
    reach.clock().map(ReachWire::write).ifPresent(out::setClock);
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
        in.hasClock() ? Optional.of(read(in.getClock())) : Optional.empty());
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
