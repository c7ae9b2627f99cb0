package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
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
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/** The first domino below what users see, who still see nothing. */
final class CauseTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final TargetName SHOP = new TargetName("shop");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Map<CheckKind, Duration> EVERY =
      new EnumMap<>(
          Map.of(
              CheckKind.REGISTRATION, Duration.ofHours(1),
              CheckKind.DELEGATION, Duration.ofMinutes(1),
              CheckKind.DNS_AUTH, Duration.ofMinutes(1),
              CheckKind.TCP, Duration.ofSeconds(30)));
  private static final Outcome ABSENT =
      Outcome.down(
          Reason.DELEGATION_ABSENT, "held; registrar Reidai (abuse@reidai.example); NXDOMAIN");

  private final List<Incident> published = new ArrayList<>();
  private final Map<CheckKind, Outcome> says = new EnumMap<>(CheckKind.class);
  private State state = State.initial();
  private Instant now = START;
  private long sequence;

  /** Looks of so many probes, each in a region of its own, for so long, and every second. */
  private void run(int probes, Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(1)) {
      long second = Duration.between(START, now).toSeconds();
      step(new Input.Tick());
      for (int probe = 0; probe < probes; probe++) {
        int who = probe;
        step(new Input.Heard(new Beat(vantage(who), Optional.empty(), Optional.empty(), now, now)));
        EVERY.forEach(
            (kind, every) -> {
              boolean asked = kind == CheckKind.REGISTRATION && says.containsKey(kind);
              long period = asked ? 60 : every.toSeconds();
              if (second % period == who) {
                look(who, kind);
              }
            });
      }
    }
  }

  private static Vantage vantage(int probe) {
    return new Vantage(
        new ProbeName("p" + probe), new Region("r" + probe), Optional.of(64_500L + probe));
  }

  private void look(int probe, CheckKind kind) {
    Outcome outcome = says.getOrDefault(kind, Outcome.up());
    Layer own = Layer.valueOf(kind.name());
    Observation observation =
        new Observation(
            new ObservationId(vantage(probe).probe(), 1, sequence++),
            vantage(probe),
            SHOP,
            kind,
            outcome.why().flatMap(why -> why.reason().layer()).orElse(own),
            now,
            now,
            Duration.ofMillis(50),
            outcome,
            Timings.NONE,
            Facts.NONE);
    step(new Input.Observed(new Evidence(observation, now.plusMillis(60))));
  }

  private void step(Input input) {
    Step step = Core.step(state, input, now);
    state = step.state();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Tell(Notice notice) && notice.kind() != Notice.Kind.RESOLVED) {
        published.add(notice.incident());
      }
    }
  }

  private void configure() {
    List<Cadence> checks =
        EVERY.entrySet().stream()
            .map(each -> new Cadence(each.getKey(), each.getValue(), TIMEOUT))
            .toList();
    Watched shop = new Watched(SHOP, List.of(), checks, Dependencies.NONE, List.of(), 0);
    step(new Input.Configured(new Watchlist(List.of(shop))));
    Dependencies known =
        new Dependencies(
            List.of(
                new Dependency(DependencyKind.REGISTRY, "rdap.example"),
                new Dependency(DependencyKind.REGISTRAR, "Reidai")),
            List.of());
    step(new Input.Learnt(SHOP, known));
  }

  /** The cause that the one message names. */
  private Cause told(int probes, Map<CheckKind, Outcome> trouble) {
    configure();
    run(probes, Duration.ofMinutes(5));
    says.putAll(trouble);
    run(probes, Duration.ofMinutes(15));
    assertThat(published).hasSize(1);
    return published.getFirst().cause();
  }

  @ParameterizedTest
  @CsvSource({
    "1, REGISTRATION_SERVER_HOLD, registry:rdap.example",
    "5, REGISTRATION_SERVER_HOLD, registry:rdap.example",
    "1, REGISTRATION_CLIENT_HOLD, registrar:Reidai",
    "5, REGISTRATION_CLIENT_HOLD, registrar:Reidai",
    "5, REGISTRATION_SUSPENDED, registry:rdap.example",
    "1, REGISTRATION_ABSENT, target:shop",
    "5, REGISTRATION_ABSENT, target:shop",
    "5, REGISTRATION_EXPIRED, target:shop",
  })
  void aLostDelegationIsWhatTheRegistrySaysOfIt(int probes, Reason reason, String culprit) {
    Cause cause =
        told(
            probes,
            Map.of(
                CheckKind.DELEGATION, ABSENT,
                CheckKind.DNS_AUTH, ABSENT,
                CheckKind.REGISTRATION, Outcome.down(reason, "abuse@reidai.example")));
    assertThat(cause.layer()).contains(Layer.REGISTRATION);
    assertThat(cause.finding().reason()).isEqualTo(reason);
    assertThat(cause.finding().detail()).contains("abuse@reidai.example");
    assertThat(cause.culprit()).isEqualTo(culprit);
  }

  /** Where one or two look, nothing is held after a single look, yet its words are known. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aSingleAnswerOfTheRegistryIsToldInItsOwnWords(int probes) {
    configure();
    run(probes, Duration.ofMinutes(5));
    says.putAll(Map.of(CheckKind.DELEGATION, ABSENT, CheckKind.DNS_AUTH, ABSENT));
    Outcome held = Outcome.down(Reason.REGISTRATION_SERVER_HOLD, "held; write to help@so.example");
    for (int probe = 0; probe < probes; probe++) {
      says.put(CheckKind.REGISTRATION, held);
      look(probe, CheckKind.REGISTRATION);
      says.remove(CheckKind.REGISTRATION);
    }
    run(probes, Duration.ofMinutes(15));
    Cause cause = published.getFirst().cause();
    assertThat(cause.finding().reason()).isEqualTo(Reason.REGISTRATION_SERVER_HOLD);
    assertThat(cause.finding().detail()).isEqualTo("held; write to help@so.example");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aLostDelegationOfWhichNoRegistryTellsIsJustThat(int probes) {
    Outcome untold = Outcome.inconclusive(Reason.REGISTRATION_RATE_LIMITED, "");
    Cause cause =
        told(probes, Map.of(CheckKind.DELEGATION, ABSENT, CheckKind.REGISTRATION, untold));
    assertThat(cause.layer()).contains(Layer.DELEGATION);
    assertThat(cause.finding().reason()).isEqualTo(Reason.DELEGATION_ABSENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void deadServersOfADelegatedZoneAreItsOperatorsAffair(int probes) {
    Outcome dead = Outcome.down(Reason.NAME_SERVERS_TIMEOUT, "all of 2");
    Cause cause = told(probes, Map.of(CheckKind.DNS_AUTH, dead));
    assertThat(cause.layer()).contains(Layer.DNS_AUTH);
    assertThat(cause.finding().reason()).isEqualTo(Reason.NAME_SERVERS_TIMEOUT);
    assertThat(cause.culprit()).isEqualTo("target:shop");
  }

  @Test
  void aRegistrationThatNobodyCanReadIsNoTrouble() {
    configure();
    says.put(CheckKind.REGISTRATION, Outcome.inconclusive(Reason.REGISTRATION_NOT_PARSED, "?"));
    run(5, Duration.ofMinutes(20));
    assertThat(published).isEmpty();
  }
}
