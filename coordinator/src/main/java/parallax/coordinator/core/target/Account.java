package parallax.coordinator.core.target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.unit.FewVantages;
import parallax.coordinator.core.unit.Label;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Setting;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.Sample;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.ScopeModel;
import parallax.coordinator.core.verdict.ScopeModel.Weighed;
import parallax.coordinator.core.verdict.Why;

/** Gives account of how a failing unit came to its label, to be read in ten seconds. */
final class Account {
  private static final Why UP =
      calm(
          "every kind of check succeeds",
          "a failure that others, who are asked at once, see as well would change it");

  private static final Why NOTABLE =
      calm(
          "most probes, of all or of the named regions, see twice in a row that something is not as"
              + " it should be",
          "it is over when half of them, or more, find all well");

  private Account() {}

  /** Of a unit that fails. */
  static Why of(Unit unit, Phase.Failing failing, Setting setting) {
    long window = setting.now().minus(Setting.present(unit.cadence())).toEpochMilli();
    Sample sample = setting.sample(unit, Math.max(failing.from(), window));
    String kind = unit.cadence().check().label();
    List<Why.Share> shares = shares(sample);
    if (failing.label().scope() == Scope.UNCONFIRMED) {
      return new Why(
          kind + ": " + setting.rules().looks() + " looks in a row failed, and nobody else looks",
          List.of(),
          shares,
          List.of(),
          List.of(
              setting.rules().looks() + " looks in a row that succeed would end it",
              "probes in other regions could tell whether it fails for everybody"));
    }
    return new Why(
        rule(kind, failing.label(), sample),
        explanations(ScopeModel.weigh(sample, setting.priors())),
        shares,
        List.of(),
        wouldChange(failing.label(), unit));
  }

  private static String rule(String kind, Label label, Sample sample) {
    String who =
        "%s fails for %d of %d probes, %d of %d looks"
            .formatted(
                kind,
                sample.failingProbes(),
                sample.rows(),
                sample.failedLooks(),
                sample.failedLooks() + sample.fineLooks());
    return who
        + switch (label.scope()) {
          case GLOBAL -> ", in every region";
          case REGIONAL -> ", all of them in the named regions";
          case NETWORK -> ", all of one network, which is fine with other targets";
          case PARTIAL -> ", which fits no region or network";
          case PROBE_LOCAL, UNCONFIRMED -> "";
        };
  }

  private static List<Why.Explanation> explanations(Weighed weighed) {
    List<Why.Explanation> all =
        new ArrayList<>(
            List.of(
                new Why.Explanation("nothing", weighed.nothing()),
                new Why.Explanation("global", weighed.global()),
                new Why.Explanation("partial", weighed.partial()),
                new Why.Explanation("regional", weighed.regional()),
                new Why.Explanation("network", weighed.networks())));
    all.sort(Comparator.comparingDouble(Why.Explanation::probability).reversed());
    return all;
  }

  private static List<Why.Share> shares(Sample sample) {
    TreeMap<String, int[]> counts = new TreeMap<>();
    for (int row = 0; row < sample.rows(); row++) {
      Probe probe = sample.probe(row);
      int[] count = counts.computeIfAbsent("region:" + probe.vantage().region(), _ -> new int[2]);
      count[0] += sample.failed(row) > sample.fine(row) ? 1 : 0;
      count[1]++;
    }
    return counts.entrySet().stream()
        .map(entry -> new Why.Share(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
        .toList();
  }

  private static List<String> wouldChange(Label label, Unit unit) {
    List<String> words = new ArrayList<>();
    switch (label.scope()) {
      case GLOBAL ->
          words.add("a region in which most looks succeed would make it less than global");
      case REGIONAL, NETWORK ->
          words.add("failures in other regions too would make it partial or global");
      case PARTIAL -> words.add("nearly all looks failing, in every region, would make it global");
      case PROBE_LOCAL, UNCONFIRMED -> {}
    }
    Duration interval = unit.cadence().interval();
    words.add(
        "it is over when nearly nobody fails any more and successes outweigh chance; checks come"
            + " every "
            + interval.toSeconds()
            + " s from each probe");
    return words;
  }

  /** Of a target of which nothing fails. */
  static Why ofCalm(TargetRecord record, Setting setting) {
    return switch (record.ruling().state()) {
      case UP -> UP;
      case DEGRADED, DOWN -> NOTABLE;
      case UNKNOWN -> unknown(record, setting);
    };
  }

  private static Why unknown(TargetRecord record, Setting setting) {
    if (record.ruling().cause().isPresent()) {
      return calm("the probe could not tell", "a look that can tell would change it");
    }
    List<Probe> counting = setting.counting();
    long regions = counting.stream().mapToInt(Probe::region).distinct().count();
    return calm(
        "nothing fresh was seen by enough probes that are believed; %d in %d regions are"
            .formatted(counting.size(), regions),
        FewVantages.are(setting.fleet().probes())
            ? "the same seen several times in a row would change it"
            : "fresh looks of at least three probes in two regions that are heard and believed"
                + " would change it");
  }

  private static Why calm(String rule, String wouldChange) {
    return new Why(rule, List.of(), List.of(), List.of(), List.of(wouldChange));
  }
}
