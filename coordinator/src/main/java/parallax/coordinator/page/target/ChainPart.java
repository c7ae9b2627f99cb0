package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.service.Security;
import parallax.config.observation.seen.ChainSeen;
import parallax.coordinator.page.Html;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Words;
import parallax.coordinator.view.sight.Sightings;

/** The certificates that a server sends, and what is wrong with them. */
final class ChainPart {
  /** What ends within this time is marked. */
  private static final Duration SOON = Duration.ofDays(21);

  private static final String BAD = "<span class=\"down state\">not as it should be</span>: ";

  private final StringBuilder html;
  private final Instant now;

  private ChainPart(StringBuilder html, Instant now) {
    this.html = html;
    this.now = now;
  }

  /** The part; that nothing is known yet is said where TLS is spoken. */
  static void write(StringBuilder html, TargetView view, Instant now) {
    Sightings<ChainSeen> chains = view.chains();
    if (chains.all().isEmpty() && !speaksTls(view)) {
      return;
    }
    html.append("<section aria-labelledby=\"chain\"><h2 id=\"chain\">Certificates</h2>")
        .append("<p class=\"note\">As its server sent them last, its own first. What differs ")
        .append("between probes stands for itself.</p>")
        .append(chains.all().isEmpty() ? WalkPart.UNTOLD : "");
    chains.all().forEach(each -> new ChainPart(html, now).one(each));
    html.append("</section>\n");
  }

  private static boolean speaksTls(TargetView view) {
    return view.target().check(CheckKind.TLS).isPresent()
        || view.target()
            .check(CheckKind.SERVICE)
            .filter(check -> check instanceof ServiceSpec of && of.security() == Security.TLS)
            .isPresent()
        || view.target().url().filter(url -> "https".equalsIgnoreCase(url.getScheme())).isPresent();
  }

  private void one(Sightings.Sighting<ChainSeen> sighting) {
    ChainSeen chain = sighting.what();
    String word =
        chain
            .fault()
            .map(fault -> BAD + escaped(fault))
            .orElse("<span class=\"up state\">good</span>");
    html.append("<p>" + word + "; from " + escaped(WalkPart.regions(sighting.regions())))
        .append(", told " + time(sighting.at()) + "</p>")
        .append(
            Html.table(
                "From " + WalkPart.regions(sighting.regions()),
                "Subject",
                "Issuer",
                "For",
                "From",
                "Until",
                "Key",
                "Signature"));
    chain.certificates().forEach(this::certificate);
    html.append("</tbody></table>")
        .append(chain.more() > 0 ? "<p>and " + chain.more() + " more</p>" : "");
  }

  private void certificate(ChainSeen.Certificate certificate) {
    boolean own = certificate.subject().equals(certificate.issuer());
    html.append("<tr>" + cell("Subject", certificate.subject()))
        .append(cell("Issuer", own ? "itself" : certificate.issuer()))
        .append(cell("For", names(certificate)))
        .append(markup("From", from(certificate.notBefore())))
        .append(markup("Until", until(certificate.notAfter())))
        .append(cell("Key", certificate.key()) + cell("Signature", certificate.signature()))
        .append("</tr>\n");
  }

  private static String names(ChainSeen.Certificate certificate) {
    return String.join(", ", certificate.names())
        + (certificate.moreNames() > 0 ? " and " + certificate.moreNames() + " more" : "");
  }

  private String from(Instant start) {
    return time(start) + (start.isAfter(now) ? " <span class=\"down\">not yet valid</span>" : "");
  }

  private String until(Instant end) {
    Duration left = Duration.between(now, end);
    if (left.isNegative()) {
      return time(end) + " <span class=\"down\">over</span>";
    }
    String words = "in " + Words.of(left);
    return time(end)
        + (left.compareTo(SOON) < 0
            ? " <span class=\"degraded\">" + words + "</span>"
            : " " + words);
  }
}
