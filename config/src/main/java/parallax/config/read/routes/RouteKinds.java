package parallax.config.read.routes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.check.ServerAddress;
import parallax.config.read.check.UrlKinds;
import parallax.config.routes.Document;
import parallax.config.text.HostText;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** Kinds of values that the keys of routes share. */
public final class RouteKinds {
  private static final int MAX_PATH = 4_096;
  private static final int MAX_PREFIX = 49;
  private static final int MAX_ADDRESS = 45;

  private RouteKinds() {}

  /** A network in CIDR notation. */
  public static Kind<String> prefix() {
    return Kinds.text(MAX_PREFIX)
        .then(
            (text, node, reading) ->
                HostText.isPrefix(text)
                    ? Optional.of(text)
                    : reading.wrong(
                        node,
                        "must be a network without host bits, as in 192.0.2.0/24 or"
                            + " 2001:db8::/32"));
  }

  /** An address literal, IPv6 without brackets. */
  static Kind<String> address() {
    return Kinds.text(MAX_ADDRESS)
        .then(
            (text, node, reading) ->
                HostText.isIpv4(text)
                    ? Optional.of(text)
                    : HostText.ipv6(text)
                        .or(
                            () ->
                                reading.wrong(
                                    node, "must be an address, as in 192.0.2.1 or 2001:db8::1")));
  }

  /** Where to listen: an address of this machine and a port. */
  static Kind<ServerAddress> listen(int standardPort) {
    return server(standardPort)
        .then(
            (server, node, reading) ->
                HostText.isAddress(server.host())
                    ? Optional.of(server)
                    : reading.wrong(
                        node,
                        "must be an address of this machine and a port, as in 127.0.0.1:"
                            + standardPort));
  }

  /** A server as host or host and port. */
  static Kind<ServerAddress> server(int standardPort) {
    return Kinds.text(UrlText.MAX_LENGTH)
        .then(
            (text, node, reading) ->
                UrlKinds.server(text, standardPort)
                    .or(
                        () ->
                            reading.wrong(
                                node,
                                "must be host or host:port, as in 192.0.2.53 or"
                                    + " [2001:db8::53]:"
                                    + standardPort)));
  }

  /** A file beside the configuration, or further away. */
  static Kind<Path> file() {
    return Kinds.text(MAX_PATH).then(RouteKinds::path);
  }

  /** A file, or an http or https URL. */
  static Kind<Document> document() {
    Kind<Document> kind =
        Kinds.text(MAX_PATH)
            .then(
                (text, node, reading) ->
                    text.contains("://")
                        ? UrlKinds.parse(text, node, reading)
                            .flatMap(url -> UrlKinds.web(url, node, reading))
                            .map(url -> new Document.AtUrl(URI.create(url.toString())))
                        : path(text, node, reading).map(Document.InFile::new));
    return new Kind<>(new Form.Text(Optional.empty(), 1, MAX_PATH), kind.decoder());
  }

  private static Optional<Path> path(String text, Yaml node, Reading reading) {
    return text.indexOf('\0') >= 0
        ? reading.refuse(node.place(), "names a file that can't exist")
        : Optional.of(node.place().file().resolveSibling(text));
  }
}
