package parallax.config.wire;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.check.packet.NtpLimits;
import parallax.config.check.packet.Payload;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.secret.Secret;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** Of checks that send single packets. */
final class PacketSamples {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private PacketSamples() {}

  static Target target() {
    return new Target(
        new TargetName("edge"),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(30),
        List.of(),
        List.of(echo(), datagram(), ntp()));
  }

  private static PacketSpec echo() {
    return new PacketSpec.Echo(
        "edge.example",
        new Echoes(10, Duration.ofMillis(50), 1_200, Optional.of(32), true),
        new EchoLimits(
            10, 50, Optional.of(Duration.ofMillis(80)), Optional.of(Duration.ofMillis(300))),
        Naming.SYSTEM,
        TIMEOUT);
  }

  private static PacketSpec datagram() {
    return new PacketSpec.Datagram(
        new ServerAddress("edge.example", 5_060),
        new Payload(Secret.of("0aff"), true),
        Optional.of(new Answer.Matching(Pattern.compile("^OK"))),
        Naming.SYSTEM,
        TIMEOUT);
  }

  private static PacketSpec ntp() {
    return new PacketSpec.Ntp(
        new ServerAddress("time.example", 123),
        new NtpLimits(Duration.ofMillis(50), Duration.ofMillis(500), 3, Duration.ofSeconds(1)),
        Naming.SYSTEM,
        TIMEOUT);
  }

  static Map<String, ProbeFrame> frames() {
    return Map.of(
        "observations-packets", frame(observations(107)), "observations-trace", frame(trace(109)));
  }

  private static ProbeFrame frame(List<Observation> observations) {
    return new ProbeFrame.Observations(Samples.BOOT, Samples.TOKYO, observations, List.of());
  }

  /** The way to servers that were not reached, one for each end. */
  private static List<Observation> trace(long sequence) {
    List<Observation> all = new ArrayList<>();
    for (TraceSeen.End end : TraceSeen.End.values()) {
      TraceSeen trace =
          new TraceSeen(
              "192.0.2.7",
              List.of(
                  new TraceSeen.Hop(Optional.of("198.51.100.1"), Optional.of(Duration.ofNanos(7))),
                  TraceSeen.Hop.SILENT,
                  new TraceSeen.Hop(Optional.of("2001:db8::1"), Optional.of(Duration.ofMillis(9)))),
              end);
      all.add(
          observation(
              sequence + all.size(),
              CheckKind.ICMP,
              Layer.TCP,
              Outcome.down(Reason.ECHO_TIMEOUT, "192.0.2.7, 3 requests"),
              ReachSeen.of(trace)));
    }
    return all;
  }

  private static List<Observation> observations(long sequence) {
    ReachSeen echoes =
        ReachSeen.of(
            new ReachSeen.EchoesSeen(
                10,
                8,
                Optional.of(
                    new ReachSeen.RoundTrips(
                        Duration.ofNanos(9_100_000),
                        Duration.ofNanos(9_900_000),
                        Duration.ofNanos(12_000_001),
                        Duration.ofNanos(700_000)))));
    ReachSeen clock =
        ReachSeen.of(
            new ReachSeen.ClockSeen(
                Duration.ofNanos(-1_250_000),
                2,
                "192.0.2.123",
                Duration.ofMillis(14),
                Duration.ofMillis(21),
                Optional.of("a leap second is announced")));
    return List.of(
        observation(
            sequence,
            CheckKind.ICMP,
            Layer.TCP,
            Outcome.degraded(Reason.ECHO_LOSS, "192.0.2.7, 2 of 10 (20%)"),
            echoes),
        observation(sequence + 1, CheckKind.NTP, Layer.HTTP, Outcome.up(), clock));
  }

  private static Observation observation(
      long sequence, CheckKind check, Layer layer, Outcome outcome, ReachSeen seen) {
    Instant at = Samples.NOON;
    return new Observation(
        new ObservationId(Samples.TOKYO.probe(), Samples.BOOT, sequence),
        Samples.TOKYO,
        new TargetName("edge"),
        check,
        layer,
        at,
        at,
        Duration.ofMillis(470),
        outcome,
        Timings.NONE,
        Facts.NONE.withAddress("192.0.2.7").withReach(seen));
  }
}
