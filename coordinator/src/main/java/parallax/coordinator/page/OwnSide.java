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
import parallax.coordinator.words.Say;

/** Trouble of our own: probes that abstain, and why; receivers at which nothing arrives. */
public final class OwnSide {
  /** More troubles, or silent probes, than this are only counted. */
  static final int MAX_TOLD = 20;

  private final List<Incident> troubles;
  private final List<ProbeView> silent;
  private final SortedMap<String, Instant> failing;
  private final Say say;

  /** Of this moment. */
  public OwnSide(Snapshot snapshot, Say say) {
    this.say = say;
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
        .map(trouble -> say.core().of(trouble.cause().finding()))
        .or(() -> lastHeard(vantage))
        .orElseGet(() -> say.of("own.doubted"));
  }

  private Optional<String> lastHeard(Vantage vantage) {
    return silent.stream()
        .filter(probe -> probe.vantage().probe().equals(vantage.probe()))
        .findFirst()
        .map(probe -> say.of("own.since", probe.lastHeard()));
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
    html.append("<section class=\"own\"><h2>" + say.html("own.title"))
        .append("</h2><p>" + say.html("own.note") + "</p><ul>");
    for (Incident trouble : troubles.stream().limit(MAX_TOLD).toList()) {
      String culprit = escaped(trouble.cause().culprit());
      String cause = escaped(say.core().of(trouble.cause()));
      html.append("<li>" + say.html("own.trouble", culprit, cause, time(trouble.onset())))
          .append("</li>");
    }
    for (ProbeView probe : silent.stream().limit(MAX_TOLD).toList()) {
      String name = escaped(probe.vantage().probe().value());
      String region = escaped(probe.vantage().region().value());
      html.append("<li>" + say.html("own.silent", name, region, time(probe.lastHeard())))
          .append("</li>");
    }
    failing.entrySet().stream()
        .limit(MAX_TOLD)
        .forEach(
            each ->
                html.append("<li>")
                    .append(say.html("own.failing", escaped(each.getKey()), time(each.getValue())))
                    .append("</li>"));
    int more =
        Stream.of(troubles.size(), silent.size(), failing.size())
            .mapToInt(count -> Math.max(0, count - MAX_TOLD))
            .sum();
    html.append(more > 0 ? "<li>" + say.html("more", more) + "</li>" : "")
        .append("</ul></section>");
  }
}
