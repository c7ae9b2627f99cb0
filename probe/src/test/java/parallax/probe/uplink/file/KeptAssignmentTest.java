package parallax.probe.uplink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.ProbeName;
import parallax.config.routes.RouteLimits;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.AssignmentParts.Whole;
import parallax.probe.uplink.file.KeptAssignment.Kept;

/** What is kept comes back as it was, or not at all. */
final class KeptAssignmentTest {
  private static final Whole WHOLE =
      new Whole(12, IntStream.range(0, 50).mapToObj(n -> target("t" + n)).toList(), List.of());

  @TempDir Path folder;

  private static Target target(String name) {
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        Duration.ofSeconds(10),
        List.of(),
        List.of(
            new TcpSpec(new ServerAddress("192.0.2.1", 5), Naming.SYSTEM, Duration.ofSeconds(1))));
  }

  private Path file() {
    return folder.resolve("assignment");
  }

  private KeptAssignment keep(String probe, String software) {
    return new KeptAssignment(file(), new ProbeName(probe), software);
  }

  @Test
  void whatIsKeptIsReadAgainAndNobodyElsesToRead() throws IOException {
    assertThat(keep("a", "1").read()).isEqualTo(Kept.NOTHING);
    assertThat(keep("a", "1").write(new Whole(3, List.of(target("old")), List.of()))).isTrue();
    assertThat(keep("a", "1").write(WHOLE)).isTrue();
    assertThat(keep("a", "1").read())
        .isEqualTo(new Kept(Optional.of(12L), WHOLE.targets(), Optional.empty()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactly("assignment");
  }

  @Test
  void whomToListenToForRoutesIsKept() {
    Optional<RouteWatching> routes =
        Optional.of(
            new RouteWatching(
                List.of(SourceSpec.RisLive.USUAL),
                List.of(),
                RouteWatching.Rpki.NONE,
                RouteLimits.USUAL,
                List.of("192.0.2.0/24")));
    assertThat(keep("a", "1").write(new Whole(12, WHOLE.targets(), routes, List.of()))).isTrue();
    assertThat(keep("a", "1").read())
        .isEqualTo(new Kept(Optional.of(12L), WHOLE.targets(), routes));
  }

  @Test
  void anotherVersionWorksByItAndAsksForItAnew() {
    keep("a", "1").write(WHOLE);
    assertThat(keep("a", "2").read())
        .isEqualTo(new Kept(Optional.empty(), WHOLE.targets(), Optional.empty()));
  }

  @Test
  void anotherProbesAssignmentIsNotWorkedBy() {
    keep("a", "1").write(WHOLE);
    assertThat(keep("b", "1").read()).isEqualTo(Kept.NOTHING);
  }

  @Test
  void aDamagedFileIsSetAsideWhereverTheDamageIs() throws IOException {
    keep("a", "1").write(WHOLE);
    byte[] good = Files.readAllBytes(file());
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      byte[] bad = good.clone();
      if (random.nextBoolean()) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      Files.write(file(), bad);
      assertThat(keep("a", "1").read()).isEqualTo(Kept.NOTHING);
      assertThat(file()).doesNotExist();
      assertThat(folder.resolve("assignment.unreadable")).hasBinaryContent(bad);
    }
  }

  @Test
  void whatWasBeforeStaysWhenItCannotBeWritten() throws IOException {
    keep("a", "1").write(WHOLE);
    // A folder in the way, which is not empty.
    Files.createDirectories(folder.resolve("assignment.next/x"));
    assertThat(keep("a", "1").write(new Whole(13, List.of(), List.of()))).isFalse();
    assertThat(keep("a", "1").read().revision()).contains(12L);
  }
}
