package parallax.config.read.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.check.ServerAddress;
import parallax.config.secret.Secret;
import parallax.config.text.HostText;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** URLs, and servers written as host and port. */
public final class UrlKinds {
  private static final List<String> WEB = List.of("http", "https");

  /** What an editor can tell of a URL. */
  private static final String URL_PATTERN = "^[A-Za-z][A-Za-z0-9+.-]*://.";

  /** The port of DNS (RFC 1035 section 4.2). */
  static final int DNS_PORT = 53;

  private UrlKinds() {}

  /** Any URL. */
  public static Kind<UrlText> url() {
    return new Kind<>(
        new Form.Text(Optional.of(URL_PATTERN), 1, UrlText.MAX_LENGTH),
        Kinds.text(UrlText.MAX_LENGTH).then(UrlKinds::parse).decoder());
  }

  /** An http or https URL. */
  public static Kind<UrlText> webUrl() {
    return url().then((url, node, reading) -> web(url, node, reading));
  }

  public static Optional<UrlText> parse(String text, Yaml node, Reading reading) {
    return switch (UrlText.parse(text)) {
      case UrlText.Parsed.Good(UrlText url) -> Optional.of(url);
      case UrlText.Parsed.Bad(String why) ->
          text.indexOf('@') >= 0
              ? reading.refuse(node.place(), "is not a URL: " + why)
              : reading.wrong(node, "is not a URL: " + why);
    };
  }

  /** Passes a URL that HTTP can be spoken to. */
  public static Optional<UrlText> web(UrlText url, Yaml node, Reading reading) {
    if (!WEB.contains(url.scheme())) {
      return reading.refuse(
          node.place(), "must be an http or https URL; found the scheme '" + url.scheme() + "'");
    }
    if (url.host().indexOf('_') >= 0) {
      return reading.refuse(
          node.place(),
          "has a host with an underscore, which a URL of HTTP can't have (RFC 1123 section 2.1)");
    }
    return Optional.of(url);
  }

  /** Passes a URL that may hold secrets, and never shows it. */
  public static Optional<UrlText> secretWebUrl(String text, Yaml node, Reading reading) {
    boolean isWeb =
        UrlText.parse(text) instanceof UrlText.Parsed.Good(UrlText url)
            && WEB.contains(url.scheme())
            && url.host().indexOf('_') < 0;
    return isWeb
        ? parse(text, node, reading)
        : reading.refuse(
            node.place(), "must be, once its references are resolved, an http or https URL");
  }

  /** An http or https URL that may hold secrets. */
  public static Kind<Secret> secretUrl() {
    return SecretKinds.expandable(UrlText.MAX_LENGTH)
        .then(
            (url, node, reading) ->
                url.known()
                    ? secretWebUrl(url.value().reveal(), node, reading).map(_ -> url.value())
                    : Optional.of(url.value()));
  }

  /** An http or https URL that is a secret as a whole: whoever knows it may use it. */
  public static Kind<Secret> secretReference() {
    return SecretKinds.reference()
        .then(
            (url, node, reading) ->
                // Empty when the reference is only known where the configuration is used.
                url.reveal().isEmpty()
                    ? Optional.of(url)
                    : secretWebUrl(url.reveal(), node, reading).map(_ -> url));
  }

  /** A server as {@code host} or {@code host:port}; IPv6 addresses with a port in brackets. */
  static Kind<ServerAddress> server(int standardPort) {
    String must = "must be host or host:port, as in 192.0.2.53 or [2001:db8::53]:53";
    Kind<ServerAddress> kind =
        Kinds.text(UrlText.MAX_LENGTH)
            .then(
                (text, node, reading) ->
                    server(text, standardPort).or(() -> reading.wrong(node, must)));
    return new Kind<>(new Form.Text(Optional.empty(), 1, UrlText.MAX_LENGTH), kind.decoder());
  }

  /** A host, or a host and a port, as people write them. */
  public static Optional<ServerAddress> server(String text, int standardPort) {
    Optional<String> bare = HostText.ipv6(text);
    if (bare.isPresent()) {
      return Optional.of(new ServerAddress(bare.get(), standardPort));
    }
    boolean plain = text.chars().noneMatch(character -> "/?#@".indexOf(character) >= 0);
    return plain && UrlText.parse("dns://" + text) instanceof UrlText.Parsed.Good(UrlText url)
        ? Optional.of(new ServerAddress(url.host(), portOr(url.port(), standardPort)))
        : Optional.empty();
  }

  static int portOr(OptionalInt port, int standard) {
    return port.orElse(standard);
  }
}
