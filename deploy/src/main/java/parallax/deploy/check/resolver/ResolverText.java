package parallax.deploy.check.resolver;

import java.util.Optional;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Printable;
import parallax.config.read.check.UrlKinds;
import parallax.config.text.UrlText;
import parallax.probe.dns.vantage.SideBySide.Written;
import parallax.probe.dns.vantage.Vantage;
import parallax.probe.dns.vantage.line.Identity;

/** A resolver as people write it. */
final class ResolverText {
  private static final int MAX_SHOWN = 80;
  private static final String USUAL_PATH = "/dns-query";

  /** The variable of a URI template (RFC 8484 section 4.1); a POST does without. */
  private static final String TEMPLATE = "{?dns}";

  private static final String FORMS =
      "write 192.0.2.1, 192.0.2.1:5353, tcp://192.0.2.1, tls://dns.example or"
          + " https://dns.example/dns-query";

  private ResolverText() {}

  /** What a text came to. */
  sealed interface Parsed {}

  record Good(Written resolver) implements Parsed {}

  record Bad(String why) implements Parsed {}

  static Parsed parse(String text) {
    if (!text.contains("://")) {
      return UrlKinds.server(text, Vantage.DNS_PORT)
          .<Parsed>map(server -> good(text, server, new Vantage.Udp()))
          .orElseGet(() -> bad(text, FORMS));
    }
    String bare =
        text.endsWith(TEMPLATE) ? text.substring(0, text.length() - TEMPLATE.length()) : text;
    return switch (UrlText.parse(bare)) {
      case UrlText.Parsed.Good(UrlText url) -> ofUrl(text, url);
      case UrlText.Parsed.Bad(String why) -> bad(text, why);
    };
  }

  private static Parsed ofUrl(String text, UrlText url) {
    boolean root = url.tail().isEmpty() || url.tail().equals("/");
    Identity identity = new Identity.ByName(url.host());
    Optional<Written> resolver =
        switch (url.scheme()) {
          case "https" ->
              Optional.of(
                  new Written(
                      text,
                      server(url, Vantage.HTTPS_PORT),
                      new Vantage.Https(identity, root ? USUAL_PATH : url.tail())));
          case "tls" ->
              Optional.of(
                  new Written(text, server(url, Vantage.TLS_PORT), new Vantage.Tls(identity)));
          case "tcp" ->
              Optional.of(new Written(text, server(url, Vantage.DNS_PORT), new Vantage.Tcp()));
          case "udp" ->
              Optional.of(new Written(text, server(url, Vantage.DNS_PORT), new Vantage.Udp()));
          default -> Optional.empty();
        };
    if (resolver.isEmpty()) {
      return bad(text, "the scheme " + url.scheme() + " is no way to a resolver: " + FORMS);
    }
    return root || url.scheme().equals("https")
        ? new Good(resolver.get())
        : bad(text, "only https:// has a path");
  }

  private static ServerAddress server(UrlText url, int standardPort) {
    return new ServerAddress(url.host(), url.port().orElse(standardPort));
  }

  private static Parsed good(String text, ServerAddress server, Vantage.Way way) {
    return new Good(new Written(text, server, way));
  }

  private static Parsed bad(String text, String why) {
    return new Bad("'" + Printable.bounded(text, MAX_SHOWN) + "': " + why);
  }
}
