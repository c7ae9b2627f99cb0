package parallax.probe.uplink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No two runs have the same number, whatever the clock does. */
final class BootNumberTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder;

  private long next(Instant now) {
    return BootNumber.next(folder.resolve("boot"), now);
  }

  @Test
  void isTheStartInMillisecondsAndAlwaysMoreThanBefore() {
    assertThat(next(NOON)).isEqualTo(NOON.toEpochMilli());
    assertThat(next(NOON)).isEqualTo(NOON.toEpochMilli() + 1);
    assertThat(next(NOON.minusSeconds(600))).isEqualTo(NOON.toEpochMilli() + 2);
    assertThat(next(NOON.plusSeconds(1))).isEqualTo(NOON.toEpochMilli() + 1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-5", "9223372036854775807", "1\n2", "99999999999999999999999"})
  void startsByTheClockWhenTheFileIsDamaged(String content) throws IOException {
    Files.writeString(folder.resolve("boot"), content);
    assertThat(next(NOON)).isEqualTo(NOON.toEpochMilli());
    assertThat(next(NOON)).isEqualTo(NOON.toEpochMilli() + 1);
  }

  @Test
  void startsWhereNothingCanBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("boot.next/x"));
    assertThat(next(NOON)).isEqualTo(NOON.toEpochMilli());
  }
}
