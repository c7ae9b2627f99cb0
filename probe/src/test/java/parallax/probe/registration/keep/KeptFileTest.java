package parallax.probe.registration.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.probe.registration.keep.KeptFile.Known;
import parallax.probe.registration.lookup.line.Validators;
import parallax.probe.registration.rdap.RdapBootstrap;
import parallax.probe.registration.suffix.PublicSuffixes;

final class KeptFileTest {
  private static final String NAME = "rdap-bootstrap.json";
  private static final int SHIPPED = RdapBootstrap.shipped().size();
  private static final Instant MADE = RdapBootstrap.shipped().published().orElseThrow();
  private static final Instant NOW = MADE.plus(Duration.ofDays(1));
  private static final Validators SENT =
      new Validators(Optional.of("\"one\""), Optional.of("Sun, 01 Mar 2026 10:00:00 GMT"));

  @TempDir Path folder;

  private KeptFile<RdapBootstrap> file() {
    return PublicLists.in(Optional.of(folder)).bootstrap();
  }

  private static Buffer listOf(int suffixes, Instant published) {
    return IntStream.range(0, suffixes)
        .mapToObj(at -> "\"t" + at + "\"")
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(
                    ",",
                    "{\"publication\": \"" + published + "\", \"services\": [[[",
                    "], [\"https://rdap.newer.example/\"]]]}"),
                Buffer::buffer));
  }

  private static Buffer newer() {
    return listOf(2_000, MADE);
  }

  @Test
  void aListIsThereAfterTheNextStartWithWhatTheServerKnowsItBy() throws IOException {
    assertThat(file().offer(newer(), SENT, NOW)).isEmpty();

    Known<RdapBootstrap> kept = file().known();

    assertThat(kept.value().size()).isEqualTo(2_000);
    assertThat(kept.asOf()).contains(NOW);
    assertThat(kept.validators()).contains(SENT);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(NAME));
    }
  }

  @Test
  void aFileThatWasCutAnywhereIsPassedOver() throws IOException {
    file().offer(newer(), SENT, NOW);
    byte[] whole = Files.readAllBytes(folder.resolve(NAME));
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 100; round++) {
      int length = round < 2 ? round : random.nextInt(whole.length);
      Files.write(folder.resolve(NAME), Buffer.buffer(whole).getBytes(0, length));
      Known<RdapBootstrap> known = file().known();
      assertThat(known.value().size()).as("cut to " + length).isEqualTo(SHIPPED);
      assertThat(known.validators()).isEmpty();
    }
  }

  @Test
  void aFileWithOneOtherByteInItsListIsPassedOver() throws IOException {
    file().offer(newer(), SENT, NOW);
    byte[] whole = Files.readAllBytes(folder.resolve(NAME));
    SplittableRandom random = new SplittableRandom(4);
    int list = whole.length - newer().length();
    for (int round = 0; round < 100; round++) {
      byte[] other = whole.clone();
      other[random.nextInt(list, whole.length)] ^= 1;
      Files.write(folder.resolve(NAME), other);
      assertThat(file().known().value().size()).isEqualTo(SHIPPED);
    }
  }

  @Test
  void whatElseStandsInItsPlaceIsPassedOverAndReplaced() throws IOException {
    Files.write(folder.resolve(NAME), newer().getBytes());
    KeptFile<RdapBootstrap> file = file();
    assertThat(file.known().value().size()).isEqualTo(SHIPPED);
    assertThat(file.offer(newer(), Validators.NONE, NOW)).isEmpty();
    assertThat(file().known().value().size()).isEqualTo(2_000);
    assertThat(file().known().validators()).contains(Validators.NONE);
  }

  @Test
  void aFolderThatCannotBeWrittenLeavesTheListInMemory() throws IOException {
    Path notOne = Files.writeString(folder.resolve("file"), "");
    KeptFile<RdapBootstrap> file = PublicLists.in(Optional.of(notOne)).bootstrap();
    assertThat(file.offer(newer(), SENT, NOW)).isEmpty();
    assertThat(file.known().value().size()).isEqualTo(2_000);
    file.confirm(NOW.plusSeconds(60));
    assertThat(file.known().asOf()).contains(NOW.plusSeconds(60));
  }

  @Test
  void aListMadeBeforeTheOneThatIsKnownIsNotBelieved() {
    KeptFile<RdapBootstrap> file = file();
    assertThat(file.offer(listOf(2_000, MADE.minusSeconds(1)), SENT, NOW).orElseThrow())
        .contains("before the one that is known");
    assertThat(file.known().value().size()).isEqualTo(SHIPPED);
  }

  @Test
  void aReleaseThatShipsANewerListDoesNotGoBackToTheKeptOne() {
    assertThat(file().offer(newer(), SENT, MADE.minusSeconds(1))).isEmpty();
    assertThat(file().known().value().size()).isEqualTo(SHIPPED);
  }

  @Test
  void aListIsOldWhenNobodyConfirmedItForAFortnight() {
    KeptFile<RdapBootstrap> file = file();
    file.offer(newer(), SENT, NOW);
    assertThat(file.known().isOld(NOW.plus(KeptFile.OLD).minusSeconds(1))).isFalse();
    assertThat(file.known().isOld(NOW.plus(KeptFile.OLD))).isTrue();
    file.confirm(NOW.plus(Duration.ofDays(10)));
    assertThat(file.known().isOld(NOW.plus(KeptFile.OLD))).isFalse();
  }

  @Test
  void theListOfSuffixesIsKeptAlike() {
    KeptFile<PublicSuffixes> suffixes = PublicLists.in(Optional.of(folder)).suffixes();
    String rules =
        IntStream.range(0, 20_000)
            .mapToObj(at -> "t" + at + "\n")
            .collect(Collectors.joining("", "// ===BEGIN ICANN DOMAINS===\n", "// ===END "));
    assertThat(suffixes.offer(Buffer.buffer("t1\nt2\n"), SENT, NOW)).isPresent();
    assertThat(suffixes.offer(Buffer.buffer(rules), SENT, NOW)).isPresent();
    Buffer whole = Buffer.buffer(rules + "PRIVATE DOMAINS===\n");
    assertThat(suffixes.offer(whole, SENT, NOW)).isEmpty();
    assertThat(PublicLists.in(Optional.of(folder)).suffixes().known().asOf()).contains(NOW);
  }

  @Test
  void tellsHowNewTheListsAreThatWereNeeded() {
    PublicLists lists = PublicLists.in(Optional.of(folder));
    assertThat(lists.dated(NOW)).isEmpty();
    lists.bootstrap().offer(newer(), SENT, NOW);
    assertThat(lists.dated(NOW))
        .containsExactly(new PublicLists.Dated(NAME, Optional.of(NOW), false, false));
  }
}
