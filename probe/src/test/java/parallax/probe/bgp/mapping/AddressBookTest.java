package parallax.probe.bgp.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.probe.audit.facts.Origin;
import parallax.probe.bgp.mapping.AddressBook.Placed;
import parallax.probe.bgp.watch.WatchedRoutes.Match;
import parallax.probe.net.Cidr;

class AddressBookTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final Cidr ADDRESS = Cidr.parse("198.51.100.7/32");
  private static final Cidr OWN = Cidr.parse("198.51.100.0/24");
  private static final Cidr OUTER = Cidr.parse("198.51.0.0/16");
  private static final Cidr HALF = Cidr.parse("198.51.100.0/25");

  private final AddressBook book = new AddressBook();

  @Test
  void aRouteThatManyHaveIsTakenBeforeWhatOthersSay() {
    book.note(ADDRESS, match(OWN, 20, 64500), placed(OUTER, 64500), START);
    assertThat(book.of(ADDRESS)).isEqualTo(placed(OWN, 64500));
  }

  @Test
  void aRouteThatFewHaveIsNot() {
    book.note(ADDRESS, match(HALF, 2, 64666), placed(OWN, 64500), START);
    assertThat(book.of(ADDRESS)).isEqualTo(placed(OWN, 64500));
  }

  @Test
  void aPrefixThatVanishesStaysWrittenDown() {
    book.note(ADDRESS, match(OWN, 20, 64500), Optional.empty(), START);
    for (int hour = 1; hour < 7 * 24; hour++) {
      Instant now = START.plus(Duration.ofHours(hour));
      assertThat(book.note(ADDRESS, match(OUTER, 20, 64500), Optional.empty(), now)).isFalse();
    }
    assertThat(book.of(ADDRESS)).isEqualTo(placed(OWN, 64500));
    Instant later = START.plus(Duration.ofDays(7)).plus(Duration.ofHours(1));
    assertThat(book.note(ADDRESS, match(OUTER, 20, 64500), Optional.empty(), later)).isTrue();
    assertThat(book.of(ADDRESS)).isEqualTo(placed(OUTER, 64500));
  }

  @Test
  void aPartByTheSameSystemIsTakenAtOnceAndByAnotherIsNot() {
    book.note(ADDRESS, match(OWN, 20, 64500), Optional.empty(), START);
    assertThat(book.note(ADDRESS, match(HALF, 20, 64666), Optional.empty(), START)).isFalse();
    assertThat(book.of(ADDRESS)).isEqualTo(placed(OWN, 64500));
    assertThat(book.note(ADDRESS, match(HALF, 20, 64500), Optional.empty(), START)).isTrue();
    assertThat(book.of(ADDRESS)).isEqualTo(placed(HALF, 64500));
  }

  @Test
  void othersAreAskedOnceADayAndWhatTheySaidIsNotForgotten() {
    assertThat(book.isToBeAsked(OWN, START)).isTrue();
    Origin said =
        new Origin.Announced(
            OUTER, new TreeSet<>(List.of(new Origin.AutonomousSystem(64500, Optional.empty()))));
    book.told(OWN, said, START);
    assertThat(book.isToBeAsked(OWN, START.plus(Duration.ofHours(23)))).isFalse();
    Instant next = START.plus(Duration.ofHours(25));
    assertThat(book.isToBeAsked(OWN, next)).isTrue();
    book.told(OWN, new Origin.Unknown("nobody answers"), next);
    assertThat(book.told(OWN)).isEqualTo(placed(OUTER, 64500));
  }

  private static Optional<Match> match(Cidr prefix, int peers, long origin) {
    return Optional.of(new Match(prefix, peers, 24, List.of(origin)));
  }

  private static Optional<Placed> placed(Cidr prefix, long origin) {
    return Optional.of(new Placed(prefix, List.of(origin)));
  }
}
