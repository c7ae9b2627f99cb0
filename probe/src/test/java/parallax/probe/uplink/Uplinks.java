package parallax.probe.uplink;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import parallax.config.check.CheckKind;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.fault.Steps;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.probe.spool.SpoolSettings;
import parallax.probe.uplink.file.KeptAssignment;
import parallax.probe.uplink.session.UplinkRules;
import parallax.probe.uplink.session.UplinkRules.Pause;
import parallax.probe.uplink.wire.CoordinatorUrl;
import parallax.probe.uplink.wire.Credentials;
import parallax.probe.uplink.wire.WebSocketDialer;

/** Uplinks for tests: everything that waits, waits shortly. */
final class Uplinks {
  static final Vantage TOKYO =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.empty());

  static final UplinkRules QUICK =
      new UplinkRules(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          new Pause(Duration.ofMillis(20), Duration.ofMillis(100)),
          new Pause(Duration.ofMillis(20), Duration.ofMillis(100)),
          new Pause(Duration.ofMillis(200), Duration.ofMillis(400)));

  private Uplinks() {}

  static SpoolSettings spool(Path folder) {
    return new SpoolSettings(
        folder.resolve("spool"), 64 << 20, 64 * 1024, Duration.ofMillis(20), 64 * 1024);
  }

  static KeptAssignment keep(Path folder) {
    return new KeptAssignment(folder.resolve("assignment"), TOKYO.probe(), "1.0");
  }

  static Path token(Path folder, String token) {
    try {
      Path file = folder.resolve("token");
      Path next = folder.resolve("token.next");
      Files.writeString(next, token + "\n");
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
      return Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static UplinkSettings settings(Path folder, long boot) {
    return new UplinkSettings(
        TOKYO, "Parallax/test", boot, spool(folder), QUICK, Duration.ofSeconds(2));
  }

  static Ground ground(Vertx vertx, Path folder, List<CoordinatorUrl> urls, Steps steps) {
    Credentials credentials =
        new Credentials(folder.resolve("token"), Optional.empty(), Optional.empty());
    InstantSource clock = InstantSource.system();
    KeptAssignment keep = keep(folder);
    return new Ground(
        new WebSocketDialer(vertx, clock, urls, credentials),
        new Ground.Time(clock, System::nanoTime),
        new SplittableRandom(7),
        steps,
        keep,
        keep.read());
  }

  static CoordinatorUrl url(int port) {
    return CoordinatorUrl.parse("ws://127.0.0.1:" + port, false);
  }

  static Target target(String name) {
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(1),
        List.of(),
        List.of(
            new TcpSpec(new ServerAddress("127.0.0.1", 1), Naming.SYSTEM, Duration.ofSeconds(1))));
  }

  /** The look of this number: what sets it apart is when it was due. */
  static Observation observation(long boot, long number) {
    return observation(boot, number, Outcome.up());
  }

  /** The same, of something that does not answer. */
  static Observation down(long boot, long number) {
    return observation(boot, number, Outcome.down(Reason.CONNECTION_REFUSED, "refused"));
  }

  private static Observation observation(long boot, long number, Outcome outcome) {
    Instant due = Instant.ofEpochSecond(number);
    return new Observation(
        new ObservationId(TOKYO.probe(), boot, number),
        TOKYO,
        new TargetName("shop"),
        CheckKind.TCP,
        Layer.TCP,
        due,
        due,
        Duration.ofMillis(3),
        outcome,
        Timings.NONE,
        Facts.NONE);
  }

  static String name(long boot, long number) {
    return boot + "/shop/" + Instant.ofEpochSecond(number);
  }
}
