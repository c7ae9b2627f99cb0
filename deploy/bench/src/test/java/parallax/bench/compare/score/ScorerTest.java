package parallax.bench.compare.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parallax.bench.compare.run.Alarm;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.year.OwnFault;
import parallax.bench.compare.year.Rates;
import parallax.bench.compare.year.TrueEvent;
import parallax.bench.compare.year.Year;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Scope;

final class ScorerTest {
  private static final long DELAY = Duration.ofSeconds(30).toMillis();

  private final Vantages vantages = Vantages.perRegion(2);
  private final Year year = new Year(Rates.PRESETS.getFirst(), vantages, 7, 90);

  @Test
  void whoKnowsTheTruthErrsInNothing() {
    List<Alarm> alarms =
        Stream.concat(
                year.events().stream()
                    .map(event -> page(event, Scope.valueOf(event.kind().name()))),
                year.faults().stream().map(this::notice))
            .toList();
    Tally tally = Scorer.score(year, "year", alarms);
    assertThat(tally.mistakes()).isEmpty();
    assertThat(tally.count(Counter.EVENTS_FOUND)).isEqualTo(year.events().size());
    assertThat(tally.count(Counter.PARTIALS_FOUND)).isEqualTo(tally.count(Counter.PARTIALS));
    assertThat(tally.count(Counter.NOTICES)).isEqualTo(year.faults().size());
    assertThat(tally.count(Counter.PROBE_FAULTS_NAMED)).isPositive();
    assertThat(tally.count(Counter.PROBE_FAULTS_NAMED))
        .isEqualTo(tally.count(Counter.PROBE_FAULTS));
    assertThat(tally.count(Counter.REGION_FAULTS_NAMED)).isPositive();
    assertThat(tally.count(Counter.REGION_FAULTS_NAMED))
        .isEqualTo(tally.count(Counter.REGION_FAULTS));
    assertThat(tally.detection(0.5)).hasValue(DELAY);
  }

  @Test
  void whoSaysNothingMissesAll() {
    Tally tally = Scorer.score(year, "year", List.of());
    assertThat(tally.count(Counter.LONG_GLOBALS)).isPositive();
    assertThat(tally.count(Counter.MISSED_GLOBALS)).isEqualTo(tally.count(Counter.LONG_GLOBALS));
    assertThat(tally.count(Counter.EVENTS_FOUND)).isZero();
    assertThat(tally.mistakes()).hasSize(year.events().size());
  }

  @Test
  void whoSaysGlobalToAllIsWrongAboutPartsNotFalse() {
    List<Alarm> alarms = year.events().stream().map(event -> page(event, Scope.GLOBAL)).toList();
    Tally tally = Scorer.score(year, "year", alarms);
    long globals =
        year.events().stream().filter(one -> one.kind() == TrueEvent.Kind.GLOBAL).count();
    assertThat(tally.count(Counter.WRONG_SCOPES)).isEqualTo(year.events().size() - globals);
    assertThat(tally.count(Counter.FALSE_GLOBALS)).isZero();
  }

  @Test
  void anAlarmWithoutAnEventIsFalseByItsWorstLabel() {
    TrueEvent event = year.events().getFirst();
    long quiet = event.from() - Duration.ofMinutes(10).toMillis();
    Alarm.Label global = new Alarm.Label(quiet, Scope.GLOBAL, List.of(), "target:t1");
    Alarm.Label partial = new Alarm.Label(quiet + 1, Scope.PARTIAL, List.of(), "target:t1");
    Tally tally =
        Scorer.score(
            year,
            "year",
            List.of(
                alarm(event, quiet, quiet + 2, List.of(global, partial)),
                alarm(event, quiet, quiet + 2, List.of(partial))));
    assertThat(tally.count(Counter.FALSE_GLOBALS)).isEqualTo(1);
    assertThat(tally.count(Counter.FALSE_PARTIALS)).isEqualTo(1);
  }

  private Alarm page(TrueEvent event, Scope scope) {
    List<Region> regions =
        vantages.probes().stream()
            .map(Vantage::region)
            .distinct()
            .filter(region -> scope == Scope.REGIONAL)
            .filter(region -> (vantages.inRegions(List.of(region)) & event.probes()) != 0)
            .toList();
    long opened = event.from() + DELAY;
    Alarm.Label label = new Alarm.Label(opened, scope, regions, "target");
    return alarm(event, opened, event.until(), List.of(label));
  }

  private static Alarm alarm(TrueEvent event, long opened, long until, List<Alarm.Label> labels) {
    return new Alarm(List.of(event.target()), opened, opened, until, labels);
  }

  private Alarm notice(OwnFault fault) {
    String culprit =
        vantages.probes().stream()
            .flatMap(
                vantage ->
                    Stream.of(
                        "probe:" + vantage.probe(),
                        "region:" + vantage.region(),
                        "network:AS" + vantage.asn().orElseThrow()))
            .filter(name -> vantages.named(name) == fault.probes())
            .findFirst()
            .orElseThrow();
    Alarm.Label label = new Alarm.Label(fault.from(), Scope.PROBE_LOCAL, List.of(), culprit);
    return new Alarm(List.of(), fault.from(), fault.from(), fault.until(), List.of(label));
  }
}
