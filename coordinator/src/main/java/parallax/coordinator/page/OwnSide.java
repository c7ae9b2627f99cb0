package parallax.coordinator.page;

import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import parallax.config.observation.Vantage;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Words;

/** Trouble of our own: probes that abstain, and why; receivers at which nothing arrives. */
public final class OwnSide {
  /** More troubles, or silent probes, than this are only counted. */
  static final int MAX_TOLD = 20;

  private final List<Incident> troubles;
  private final List<ProbeView> silent;
  private final SortedMap<String, Instant> failing;

  /** Of this moment. */
  public OwnSide(Snapshot snapshot) {
    troubles =
        snapshot.open().stream()
            .filter(incident -> incident.subject() == Incident.Subject.VANTAGE)
            .toList();
    failing = snapshot.failing();
    silent = snapshot.probes().stream().filter(probe -> !snapshot.isHeard(probe)).toList();
  }

  /** Why a probe abstains, in words. */
  public String reason(Vantage vantage) {
    return troubles.stream()
        .filter(trouble -> isAbout(trouble.cause().culprit(), vantage))
        .findFirst()
        .map(trouble -> trouble.cause().finding().words())
        .or(() -> lastHeard(vantage))
        .orElse("not heard lately, or being doubted");
  }

  private Optional<String> lastHeard(Vantage vantage) {
    return silent.stream()
        .filter(probe -> probe.vantage().probe().equals(vantage.probe()))
        .findFirst()
        .map(probe -> "not heard since " + probe.lastHeard());
  }

  /** Whether what a probe says does not count, as far as an open incident says so. */
  public boolean isSick(Vantage vantage) {
    return troubles.stream().anyMatch(each -> isAbout(each.cause().culprit(), vantage));
  }

  private static boolean isAbout(String culprit, Vantage vantage) {
    return culprit.equals("monitoring")
        || culprit.equals("probe:" + vantage.probe())
        || culprit.equals("region:" + vantage.region())
        || vantage.asn().filter(asn -> culprit.equals("network:AS" + asn)).isPresent();
  }

  /** The part; nothing where all is well. */
  public void write(StringBuilder html) {
    if (troubles.isEmpty() && silent.isEmpty() && failing.isEmpty()) {
      return;
    }
    html.append("<section class=\"own\"><h2>Our own side</h2>")
        .append("<p>What these say counts against no target.</p><ul>");
    for (Incident trouble : troubles.stream().limit(MAX_TOLD).toList()) {
      String words = trouble.cause().culprit() + ": " + Words.of(trouble.cause());
      html.append("<li>" + escaped(words) + "; since " + time(trouble.onset()) + "</li>");
    }
    for (ProbeView probe : silent.stream().limit(MAX_TOLD).toList()) {
      html.append("<li>" + escaped(probe.vantage().probe() + " in " + probe.vantage().region()));
      html.append(" is not heard; last at " + time(probe.lastHeard()) + "</li>");
    }
    failing.entrySet().stream()
        .limit(MAX_TOLD)
        .forEach(
            each ->
                html.append("<li>" + escaped("receiver " + each.getKey()))
                    .append(": nothing arrives there of what was to be told since ")
                    .append(time(each.getValue()) + "</li>"));
    int more =
        Stream.of(troubles.size(), silent.size(), failing.size())
            .mapToInt(count -> Math.max(0, count - MAX_TOLD))
            .sum();
    html.append(more > 0 ? "<li>and " + more + " more</li>" : "").append("</ul></section>");
  }
}
