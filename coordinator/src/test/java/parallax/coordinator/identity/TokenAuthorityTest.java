package parallax.coordinator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.observation.ProbeName;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.testing.Waiting;

final class TokenAuthorityTest {
  private static final Instant T0 = Instant.parse("2026-11-21T12:00:00Z");
  private static final ProbeName TOKYO = new ProbeName("tokyo-1");

  private final OnRecord record = new OnRecord();
  private Optional<TokenAuthority> authority = Optional.empty();

  /** Tokens on a record that can be lost sight of. */
  private static final class OnRecord implements Credentials {
    private final List<Known> valid = new ArrayList<>();
    private final SortedMap<String, Instant> uses = new TreeMap<>();
    private boolean broken;
    private int readings;

    synchronized Token add(ProbeName probe, Optional<Instant> expires) {
      Token token = Token.create(new SecureRandom());
      String id = "0000000" + valid.size();
      Credential made = new Credential(id, probe, T0, expires, Optional.empty(), Optional.empty());
      valid.add(new Known(made, token.hash()));
      return token;
    }

    synchronized void breaks(boolean now) {
      broken = now;
    }

    synchronized int readings() {
      return readings;
    }

    synchronized SortedMap<String, Instant> uses() {
      return new TreeMap<>(uses);
    }

    synchronized void clear() {
      valid.clear();
    }

    @Override
    public synchronized List<Known> valid(Instant now) {
      readings++;
      if (broken) {
        throw new StoreException("the record is away");
      }
      return List.copyOf(valid);
    }

    @Override
    public synchronized void used(SortedMap<String, Instant> times) {
      uses.putAll(times);
    }

    @Override
    public Created create(ProbeName probe, Optional<Instant> expires, By by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TakenBack revoke(String id, By by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Credential> list(Optional<ProbeName> probe) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private TokenAuthority open() {
    TokenAuthority opened = new TokenAuthority(record, InstantSource.fixed(T0));
    authority = Optional.of(opened);
    return opened;
  }

  @AfterEach
  void close() {
    authority.ifPresent(TokenAuthority::close);
  }

  private static Recognised ask(TokenAuthority who, Token token) {
    return who.byToken(token.reveal()).toCompletableFuture().join();
  }

  @Test
  void aTokenIsRecognisedAndItsUseIsNoted() {
    Token token = record.add(TOKYO, Optional.of(T0.plusSeconds(9)));
    TokenAuthority tokens = open();
    Identity identity =
        new Identity(TOKYO, Optional.of("00000000"), Optional.of(T0.plusSeconds(9)));
    assertThat(ask(tokens, token)).isEqualTo(new Recognised.Known(identity));
    assertThat(tokens.isValid(identity, T0.plusSeconds(8))).isTrue();
    assertThat(tokens.isValid(identity, T0.plusSeconds(9))).isFalse();
    Waiting.until("its use is noted", () -> record.uses().containsKey("00000000"));
  }

  @Test
  void aTokenThatWasMadeJustNowIsKnownAtOnce() {
    TokenAuthority tokens = open();
    Waiting.until("it was read", () -> record.readings() > 0);
    Token token = record.add(TOKYO, Optional.empty());
    assertThat(ask(tokens, token)).isInstanceOf(Recognised.Known.class);
  }

  @Test
  void whatIsTakenBackIsForgottenSoon() {
    Token token = record.add(TOKYO, Optional.empty());
    TokenAuthority tokens = open();
    Identity identity = ((Recognised.Known) ask(tokens, token)).identity();
    record.clear();
    Waiting.until("it is forgotten", () -> !tokens.isValid(identity, T0));
    assertThat(ask(tokens, token)).isEqualTo(new Recognised.Nobody());
  }

  @Test
  void whatIsKnownStandsWhileTheRecordIsAway() {
    Token token = record.add(TOKYO, Optional.empty());
    TokenAuthority tokens = open();
    assertThat(ask(tokens, token)).isInstanceOf(Recognised.Known.class);
    record.breaks(true);
    int before = record.readings();
    Waiting.until("it was tried again", () -> record.readings() > before + 1);
    assertThat(ask(tokens, token)).isInstanceOf(Recognised.Known.class);
    assertThat(ask(tokens, Token.create(new SecureRandom()))).isEqualTo(new Recognised.Nobody());
  }

  @Test
  void beforeTheRecordWasReadNobodyIsTurnedAwayForGood() {
    record.breaks(true);
    assertThat(ask(open(), Token.create(new SecureRandom()))).isEqualTo(new Recognised.NotNow());
  }

  @Test
  void manyWrongTokensDoNotMakeManyReadings() {
    TokenAuthority tokens = open();
    Waiting.until("it was read", () -> record.readings() > 0);
    int before = record.readings();
    var answers =
        java.util.stream.IntStream.range(0, 500)
            .mapToObj(_ -> tokens.byToken(Token.create(new SecureRandom()).reveal()))
            .toList();
    answers.forEach(
        answer ->
            assertThat(answer.toCompletableFuture().join()).isEqualTo(new Recognised.Nobody()));
    assertThat(record.readings() - before).isLessThan(4);
  }
}
