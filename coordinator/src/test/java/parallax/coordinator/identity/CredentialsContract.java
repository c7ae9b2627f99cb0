package parallax.coordinator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.observation.ProbeName;
import parallax.coordinator.identity.Credentials.By;
import parallax.coordinator.identity.Credentials.Created;
import parallax.coordinator.identity.Credentials.TakenBack;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.WholeRecord;

/** What tokens on record keep, in whatever database. */
interface CredentialsContract {
  Instant T0 = Instant.parse("2026-11-21T12:00:00Z");
  ProbeName TOKYO = new ProbeName("tokyo-1");

  Credentials credentials();

  WholeRecord whole();

  private static By at(Instant now) {
    return new By("ops", now);
  }

  private Created.New made(ProbeName probe, Optional<Instant> expires) {
    return (Created.New) credentials().create(probe, expires, at(T0));
  }

  @Test
  default void aTokenIsKnownByItsHashAlone() {
    Created.New made = made(TOKYO, Optional.empty());
    assertThat(made.token().reveal()).matches("plx_[A-Za-z0-9_-]{43}");
    assertThat(made.token().toString()).doesNotContain(made.token().reveal().substring(4));
    assertThat(credentials().list(Optional.empty())).containsExactly(made.credential());
    assertThat(credentials().valid(T0))
        .containsExactly(new Credentials.Known(made.credential(), made.token().hash()));
    StringBuilder all = new StringBuilder();
    try (WholeRecord whole = whole()) {
      whole.read((table, row) -> all.append(table).append(row));
    }
    assertThat(all.toString())
        .contains(made.token().hash(), "token-create")
        .doesNotContain(made.token().reveal().substring(4));
  }

  @Test
  default void aProbeHasTwoAtOnceAndNoThird() {
    Created.New old = made(TOKYO, Optional.empty());
    Created.New next = made(TOKYO, Optional.empty());
    assertThat(credentials().create(TOKYO, Optional.empty(), at(T0)))
        .isInstanceOfSatisfying(
            Created.TooMany.class,
            tooMany ->
                assertThat(tooMany.valid())
                    .containsExactlyInAnyOrder(old.credential(), next.credential()));
    made(new ProbeName("tokyo-2"), Optional.empty());
    assertThat(credentials().revoke(old.credential().id(), at(T0)))
        .isEqualTo(new TakenBack.Done(old.credential()));
    made(TOKYO, Optional.empty());
    assertThat(credentials().list(Optional.of(TOKYO))).hasSize(3);
    assertThat(credentials().valid(T0)).hasSize(3);
  }

  @Test
  default void whatIsTakenBackOrOutlivedCountsNoMore() {
    Created.New made = made(TOKYO, Optional.of(T0.plusSeconds(60)));
    String id = made.credential().id();
    assertThat(credentials().valid(T0.plusSeconds(59))).hasSize(1);
    assertThat(credentials().valid(T0.plusSeconds(60))).isEmpty();
    assertThat(credentials().revoke("ffffffff", at(T0))).isEqualTo(new TakenBack.Unknown());
    assertThat(credentials().revoke(id, at(T0))).isInstanceOf(TakenBack.Done.class);
    assertThat(credentials().revoke(id, at(T0))).isInstanceOf(TakenBack.Before.class);
    assertThat(credentials().valid(T0)).isEmpty();
    assertThat(credentials().list(Optional.of(TOKYO)).getFirst().revoked()).contains(T0);
  }

  @Test
  default void itsUseIsNoted() {
    Created.New made = made(TOKYO, Optional.empty());
    TreeMap<String, Instant> uses = new TreeMap<>();
    uses.put(made.credential().id(), T0.plusSeconds(5));
    credentials().used(uses);
    assertThat(credentials().list(Optional.empty()).getFirst().used()).contains(T0.plusSeconds(5));
  }

  @Test
  default void manyAtOnceMakeNoThirdAndKeepTheAuditTrailWhole() {
    List<Created> all =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(_ -> credentials().create(TOKYO, Optional.empty(), at(T0)))
            .toList();
    assertThat(all.stream().filter(Created.New.class::isInstance)).hasSize(2);
    assertThat(credentials().valid(T0.plus(Duration.ofDays(1)))).hasSize(2);
    try (WholeRecord whole = whole()) {
      assertThat(whole.auditTrail())
          .isInstanceOfSatisfying(
              AuditTrail.Unbroken.class, trail -> assertThat(trail.rows()).isEqualTo(2));
    }
  }
}
