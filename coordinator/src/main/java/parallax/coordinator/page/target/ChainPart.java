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
import parallax.coordinator.view.sight.Sightings;
import parallax.coordinator.words.Say;

/** The certificates that a server sends, and what is wrong with them. */
final class ChainPart {
  /** What ends within this time is marked. */
  private static final Duration SOON = Duration.ofDays(21);

  private final StringBuilder html;
  private final Instant now;
  private final Say say;

  private ChainPart(StringBuilder html, Instant now, Say say) {
    this.html = html;
    this.now = now;
    this.say = say;
  }

  /** The part; that nothing is known yet is said where TLS is spoken. */
  static void write(StringBuilder html, TargetView view, Instant now, Say say) {
    Sightings<ChainSeen> chains = view.chains();
    if (chains.all().isEmpty() && !speaksTls(view)) {
      return;
    }
    html.append("<section aria-labelledby=\"chain\"><h2 id=\"chain\">")
        .append(say.html("chain.title") + "</h2><p class=\"note\">" + say.html("chain.note"))
        .append("</p>" + (chains.all().isEmpty() ? WalkPart.untold(say) : ""));
    chains.all().forEach(each -> new ChainPart(html, now, say).one(each));
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
            .map(
                fault ->
                    say.html(
                        "known",
                        "<span class=\"down state\">" + say.html("chain.bad") + "</span>",
                        escaped(say.known(fault))))
            .orElseGet(() -> "<span class=\"up state\">" + say.html("chain.good") + "</span>");
    String from = WalkPart.regions(sighting.regions(), say);
    html.append("<p>" + say.html("chain.from", word, escaped(from), time(sighting.at())) + "</p>")
        .append(
            Html.table(
                say,
                say.of("from", from),
                "subject",
                "issuer",
                "names",
                "from",
                "until",
                "key",
                "signature"));
    chain.certificates().forEach(this::certificate);
    html.append("</tbody></table>")
        .append(chain.more() > 0 ? "<p>" + say.html("more", chain.more()) + "</p>" : "");
  }

  private void certificate(ChainSeen.Certificate certificate) {
    boolean own = certificate.subject().equals(certificate.issuer());
    html.append("<tr>" + cell(say, "subject", certificate.subject()))
        .append(cell(say, "issuer", own ? say.of("chain.itself") : certificate.issuer()))
        .append(cell(say, "names", names(certificate)))
        .append(markup(say, "from", from(certificate.notBefore())))
        .append(markup(say, "until", until(certificate.notAfter())))
        .append(
            cell(say, "key", certificate.key()) + cell(say, "signature", certificate.signature()))
        .append("</tr>\n");
  }

  private String names(ChainSeen.Certificate certificate) {
    int shown = certificate.names().size();
    String names = String.join(say.of("list.comma"), certificate.names());
    return certificate.moreNames() > 0 && shown > 0
        ? say.of("list.more", names, certificate.moreNames())
        : names;
  }

  private String from(Instant start) {
    return time(start) + (start.isAfter(now) ? " " + marked("down", say.of("chain.notYet")) : "");
  }

  private String until(Instant end) {
    Duration left = Duration.between(now, end);
    if (left.isNegative()) {
      return time(end) + " " + marked("down", say.of("over"));
    }
    String words = say.of("in", say.core().of(left));
    return time(end)
        + " "
        + (left.compareTo(SOON) < 0 ? marked("degraded", words) : escaped(words));
  }

  private static String marked(String colour, String words) {
    return "<span class=\"" + colour + "\">" + escaped(words) + "</span>";
  }
}
