package parallax.coordinator.notify.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Vote.Ballot;
import parallax.coordinator.core.verdict.Why;

/** What speaks against an incident, which belongs beside what speaks for it. */
final class Against {
  /** More of one kind than this are not told. */
  static final int MAX_OF_A_KIND = 4;

  /** What is less likely is not told. */
  private static final double LEAST_PROBABILITY = 0.01;

  private final Sayings sayings;
  private final Incident incident;
  private final Texts texts;

  Against(Sayings sayings) {
    this.sayings = sayings;
    this.incident = sayings.incident();
    this.texts = sayings.texts();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!incident.well().isEmpty()) {
      List<String> names = incident.well().stream().map(TargetName::value).toList();
      lines.add(
          texts.say(
              "against.well",
              Map.of(
                  "count", String.valueOf(names.size()),
                  "culprit", incident.cause().culprit(),
                  "names", texts.list(names, MAX_OF_A_KIND))));
    }
    lines.addAll(probes());
    explanations(lines);
    rivals(lines);
    return List.copyOf(lines);
  }

  /** By region where they were counted, by name otherwise. */
  private List<String> probes() {
    if (!incident.why().shares().isEmpty()) {
      return incident.why().shares().stream()
          .filter(share -> share.failing() < share.looking())
          .limit(MAX_OF_A_KIND)
          .map(this::share)
          .toList();
    }
    List<String> fine =
        incident.votes().stream()
            .filter(vote -> vote.ballot() == Ballot.FINE)
            .map(Vote::vantage)
            .map(vantage -> vantage.probe().value())
            .distinct()
            .sorted()
            .toList();
    return fine.isEmpty()
        ? List.of()
        : List.of(texts.say("against.probes", "names", texts.list(fine, MAX_OF_A_KIND)));
  }

  private String share(Why.Share share) {
    return texts.say(
        "against.region",
        Map.of(
            "region", share.group().substring(share.group().indexOf(':') + 1),
            "fine", String.valueOf(share.looking() - share.failing()),
            "looking", String.valueOf(share.looking())));
  }

  private void explanations(List<String> lines) {
    incident.why().explanations().stream()
        .filter(other -> !sayings.explains(other.name()))
        .filter(other -> other.probability() >= LEAST_PROBABILITY)
        .filter(other -> texts.has("explanation." + other.name()))
        .limit(MAX_OF_A_KIND)
        .map(
            other ->
                texts.say(
                    "against.explanation",
                    Map.of(
                        "percent", Sayings.percent(other.probability()),
                        "name", texts.say("explanation." + other.name()))))
        .forEach(lines::add);
  }

  private void rivals(List<String> lines) {
    incident.why().rivals().stream()
        .filter(rival -> !rival.culprit().equals(incident.cause().culprit()))
        .limit(MAX_OF_A_KIND)
        .map(
            rival ->
                texts.say(
                    "against.rival",
                    Map.of(
                        "culprit", rival.culprit(),
                        "failing", String.valueOf(rival.failing()),
                        "dependants", String.valueOf(rival.dependants()))))
        .forEach(lines::add);
  }
}
