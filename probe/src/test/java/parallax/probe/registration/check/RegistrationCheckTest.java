package parallax.probe.registration.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Facts.RegistrationSeen;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.fixture.FixedResolver;
import parallax.probe.fixture.RawServer;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.keep.PublicLists;
import parallax.probe.registration.lookup.RegistrationLookup;
import parallax.probe.registration.lookup.line.Reach;

/** On virtual time, against a WHOIS server whose answer changes. */
class RegistrationCheckTest {
  private static final PublicLists LISTS = PublicLists.in(Optional.empty());
  private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
  private static final String FINE = answer("Connected (2026/11/30)");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicReference<String> says = new AtomicReference<>(FINE);
  private final RawServer registry =
      new RawServer(
          peer -> {
            for (int read = peer.in().read(); read >= 0 && read != '\n'; read = peer.in().read()) {
              // the question ends with its line
            }
            peer.send(says.get());
          });
  private final DelegationBoard board = new DelegationBoard();
  private final RegistrationCheck check = check();

  @AfterEach
  void close() {
    registry.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void targetsOfOneDomainShareOneLookupHoweverOftenTheyAreLookedAt() {
    for (int look = 0; look < 20; look++) {
      assertThat(run("www" + look + ".shop.or.jp").outcome()).isEqualTo(Outcome.up());
      now.set(now.get().plusSeconds(60));
    }
    assertThat(registry.accepted()).isEqualTo(1);
    now.set(START.plus(Duration.ofHours(15)));
    run("www.shop.or.jp");
    assertThat(registry.accepted()).isEqualTo(2);
  }

  @Test
  void aLostDelegationIsLookedIntoAtOnceAndItsCauseTold() {
    assertThat(run("www.shop.or.jp").outcome()).isEqualTo(Outcome.up());
    now.set(START.plusSeconds(120));
    says.set(answer("Suspended"));
    Outcome gone = Outcome.down(Reason.DELEGATION_ABSENT, "");
    board.saw("shop.or.jp", gone, now.get());

    CheckResult result = run("www.shop.or.jp");

    assertThat(result.layer()).isEqualTo(Layer.REGISTRATION);
    assertThat(result.outcome().why().orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_SUSPENDED);
    assertThat(registry.accepted()).isEqualTo(2);
    for (int look = 0; look < 8; look++) {
      run("www.shop.or.jp");
      now.set(now.get().plusSeconds(30));
    }
    assertThat(registry.accepted()).isEqualTo(2);
  }

  @Test
  void aDelegationThatCameBackIsBelievedBeforeTheRecordAndLookedIntoAnew() {
    run("www.shop.or.jp");
    now.set(START.plusSeconds(120));
    says.set(answer("Suspended"));
    board.saw("shop.or.jp", Outcome.down(Reason.DELEGATION_ABSENT, ""), now.get());
    assertThat(run("www.shop.or.jp").outcome().label()).isEqualTo("down");
    now.set(START.plusSeconds(180));
    says.set(FINE);
    board.saw("shop.or.jp", Outcome.up(), now.get());

    assertThat(run("www.shop.or.jp").outcome().label()).isEqualTo("degraded");

    assertThat(registry.accepted()).isEqualTo(2);
    now.set(START.plusSeconds(720));
    board.saw("shop.or.jp", Outcome.up(), now.get());
    assertThat(run("www.shop.or.jp").outcome()).isEqualTo(Outcome.up());
    assertThat(registry.accepted()).isEqualTo(3);
  }

  @Test
  void whyADelegationIsGoneIsTheRegistrysToTellOnceItWasAskedSince() {
    run("www.shop.or.jp");
    Instant since = START.plusSeconds(120);
    now.set(since);
    says.set(answer("Suspended"));
    board.saw("shop.or.jp", Outcome.down(Reason.DELEGATION_ABSENT, ""), since);
    assertThat(board.goneSince("shop.or.jp", since)).contains(since);
    assertThat(check.why("shop.or.jp", since)).isEmpty();

    run("www.shop.or.jp");

    now.set(since.plusSeconds(60));
    board.saw("shop.or.jp", Outcome.down(Reason.DELEGATION_ABSENT, ""), now.get());
    assertThat(board.goneSince("shop.or.jp", now.get())).contains(since);
    assertThat(check.why("shop.or.jp", since).orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_SUSPENDED);
    board.saw("shop.or.jp", Outcome.up(), now.get());
    assertThat(board.goneSince("shop.or.jp", now.get())).isEmpty();
  }

  @Test
  void aNameThatIsFreeWhileItsDelegationIsGoneIsAbsent() {
    board.saw("shop.or.jp", Outcome.down(Reason.DELEGATION_ABSENT, ""), START);
    says.set("No match!!\r\n");
    assertThat(run("shop.or.jp").outcome().why().orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_ABSENT);
  }

  @Test
  void tellsTheFactsThatOthersNeed() {
    RegistrationSeen seen = run("shop.or.jp").facts().registration().orElseThrow();
    assertThat(seen.domain()).isEqualTo("shop.or.jp");
    assertThat(seen.registry()).isEqualTo("whois.test");
    assertThat(seen.expiry()).contains(Instant.parse("2026-11-29T15:00:00Z"));
    assertThat(seen.asOf()).isEqualTo(START);
  }

  @Test
  void whatCannotBeAskedIsInconclusive() {
    registry.close();
    assertThat(run("shop.or.jp").outcome().label()).isEqualTo("inconclusive");
    assertThat(run("or.jp").outcome().why().orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_TLD_UNSUPPORTED);
  }

  private CheckResult run(String host) {
    RegistrationPolicy policy =
        new RegistrationPolicy(
            Duration.ofDays(45),
            Duration.ofDays(7),
            Optional.empty(),
            Optional.empty(),
            new TreeSet<>(),
            new TreeSet<>(),
            Optional.empty(),
            Optional.of(new ServerAddress("whois.test", registry.port())));
    Duration patience = Duration.ofSeconds(10);
    Future<CheckResult> result =
        check.run(
            new RegistrationSpec(host, policy, patience),
            Deadline.startingNow(System::nanoTime, patience));
    return result.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private RegistrationCheck check() {
    Reach reach =
        new Reach(
            new FixedResolver(Map.of("whois.test", List.of("127.0.0.1"))),
            NetworkPolicy.forOperator(List.of(), List.of()));
    RegistrationLookup lookup =
        new RegistrationLookup(
            vertx,
            reach,
            new RegistrationLookup.Settings(
                now::get,
                new HttpClientOptions(),
                "Parallax/test",
                new RegistrationLookup.Registries.World(
                    Optional.empty(), Optional.empty(), RegistrationLookup.IANA_WHOIS),
                LISTS),
            () -> 0.5);
    Politeness politeness = new Politeness(now::get, () -> 0.5);
    Records records = new Records(vertx, lookup, politeness, now::get, System::nanoTime);
    return new RegistrationCheck(vertx, LISTS.suffixes(), records, board, now::get);
  }

  private static String answer(String state) {
    return """
    Domain Information:
    a. [Domain Name]                SHOP.OR.JP
    g. [Organization]               Shop
    p. [Name Server]                ns1.example.net
    [State]                         %s
    [Registered Date]               2001/09/01
    [Connected Date]                2001/09/02
    [Last Update]                   2025/12/01 01:05:08 (JST)
    """
        .formatted(state);
  }
}
