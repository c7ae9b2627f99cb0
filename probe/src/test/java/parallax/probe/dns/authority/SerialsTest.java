package parallax.probe.dns.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Serials wrap, and a server is behind since another had the next one. */
final class SerialsTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final long SPACE = 1L << 32;

  @ParameterizedTest(name = "{0} after {1}: {2}")
  @CsvSource({
    "2, 1, true",
    "1, 2, false",
    "1, 1, false",
    "0, 4294967295, true",
    "5, 4294967290, true",
    "2147483647, 0, true",
    "2147483648, 0, false",
    "0, 2147483648, false",
    "2147483649, 0, false",
  })
  void comparesAsRfc1982Says(long one, long other, boolean newer) {
    assertThat(Serials.isNewer(one, other)).isEqualTo(newer);
  }

  @Test
  void ofTwoDifferentSerialsOneIsNewerUnlessTheyAreHalfTheSpaceApart() {
    Random random = new Random(20_261_121);
    for (int round = 0; round < 10_000; round++) {
      long one = random.nextLong(SPACE);
      long other = random.nextLong(SPACE);
      boolean undefined = one == other || Math.abs(one - other) == SPACE / 2;
      assertThat(Serials.isNewer(one, other) ^ Serials.isNewer(other, one)).isNotEqualTo(undefined);
      long shift = random.nextLong(SPACE);
      assertThat(Serials.isNewer((one + shift) % SPACE, (other + shift) % SPACE))
          .isEqualTo(Serials.isNewer(one, other));
    }
  }

  @Test
  void theNewestIsFoundAcrossTheWrap() {
    assertThat(Serials.newest(List.of(4_294_967_290L, 3L, 4_294_967_295L))).contains(3L);
    assertThat(Serials.newest(List.of())).isEmpty();
  }

  @Test
  void aServerIsBehindSinceTheNextSerialWasSeenFirst() {
    SerialHistory history =
        SerialHistory.NONE
            .with(List.of(7L, 7L), START)
            .with(List.of(8L, 7L), START.plusSeconds(60))
            .with(List.of(9L, 7L), START.plusSeconds(120));
    Instant now = START.plusSeconds(150);
    assertThat(history.behind(7, now)).isEqualTo(Duration.ofSeconds(90));
    assertThat(history.behind(8, now)).isEqualTo(Duration.ofSeconds(30));
    assertThat(history.behind(9, now)).isZero();
  }

  @Test
  void remembersABoundedNumberOfSerials() {
    SerialHistory history = SerialHistory.NONE;
    for (long serial = 0; serial < 100; serial++) {
      history = history.with(List.of(serial), START.plusSeconds(serial));
    }
    assertThat(history.seen()).hasSize(SerialHistory.MAX_SEEN);
    assertThat(history.behind(98, START.plusSeconds(100))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aClockSetBackIsNoNegativeLag() {
    SerialHistory history = SerialHistory.NONE.with(List.of(2L, 1L), START);
    assertThat(history.behind(1, START.minusSeconds(60))).isZero();
  }
}
