package parallax.config.read.routes;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.ServerAddress;
import parallax.config.read.check.BgpReader;
import parallax.config.read.check.UrlKinds;
import parallax.config.routes.SourceSpec;
import parallax.config.routes.SourceSpec.BgpSession;
import parallax.config.routes.SourceSpec.BmpStation;
import parallax.config.routes.SourceSpec.Neighbour;
import parallax.config.routes.SourceSpec.RisLive;
import parallax.config.text.HostText;

/** One of {@code bgp: sources:}. */
final class SourceReader {
  private static final int MAX_NETWORKS = 100;
  private static final int MAX_NEIGHBOURS = 256;
  private static final int MAX_CLIENT = 64;
  private static final List<String> STREAMS = List.of("ws", "wss", "http", "https");

  /** The usual port of BMP stations; RFC 7854 names none. */
  private static final int BMP_PORT = 11_019;

  /** RFC 4271 section 4.2. */
  private static final int BGP_PORT = 179;

  private static final Field<URI> URL =
      Field.optional(
          "url",
          UrlKinds.url()
              .then(
                  (url, node, reading) ->
                      STREAMS.contains(url.scheme())
                          ? Optional.of(URI.create(url.toString()))
                          : reading.refuse(
                              node.place(),
                              "must be a URL of a WebSocket (ws, wss) or of a stream (http,"
                                  + " https); found the scheme '"
                                  + url.scheme()
                                  + "'")),
          "The stream. Left out: " + RisLive.USUAL.url() + ".");
  private static final Field<String> CLIENT =
      Field.optional(
          "client",
          Kinds.text(
              "^[A-Za-z0-9][A-Za-z0-9._-]*$",
              MAX_CLIENT,
              "must be a word of letters, digits, dots, hyphens and underscores, 1 to 64"),
          "How we introduce ourselves to it. Left out: parallax.");
  private static final Kind<SourceSpec> RIS_LIVE =
      Kinds.fields(
          Shape.of("ris-live", "RIPE's route collectors, or a stream like theirs.", URL, CLIENT),
          (values, _, _) ->
              values.isWrong(URL) || values.isWrong(CLIENT)
                  ? Optional.empty()
                  : Optional.of(
                      new RisLive(
                          values.get(URL).orElse(RisLive.USUAL.url()),
                          values.get(CLIENT).orElse(RisLive.USUAL.client()))));

  private static final Field<ServerAddress> BMP_LISTEN =
      Field.required(
          "listen", RouteKinds.listen(BMP_PORT), "Where routers connect to: address and port.");
  private static final Field<List<String>> FROM =
      Field.optional(
          "from",
          Kinds.oneOrMany(RouteKinds.prefix(), MAX_NETWORKS),
          "Networks that may connect. Left out: this machine alone.");
  private static final Kind<SourceSpec> BMP =
      Kinds.fields(
          Shape.of("bmp", "Routers that report (RFC 7854).", BMP_LISTEN, FROM),
          (values, _, _) ->
              values
                  .get(BMP_LISTEN)
                  .map(listen -> new BmpStation(listen, values.get(FROM).orElse(List.of()))));

  private static final Field<String> ADDRESS =
      Field.required("address", RouteKinds.address(), "Where it connects from.");
  private static final Field<Long> AS =
      Field.required("as", BgpReader.asn(), "Its autonomous system.");
  private static final Kind<Neighbour> NEIGHBOUR =
      Kinds.fields(
          Shape.of("neighbour", "A router that may open a session.", ADDRESS, AS),
          (values, _, _) ->
              values
                  .get(ADDRESS)
                  .flatMap(address -> values.get(AS).map(asn -> new Neighbour(address, asn))));

  private static final Field<ServerAddress> SESSION_LISTEN =
      Field.required(
          "listen", RouteKinds.listen(BGP_PORT), "Where neighbours connect to: address and port.");
  private static final Field<Long> OWN_AS =
      Field.required("as", BgpReader.asn(), "Our autonomous system.");
  private static final Field<String> ID =
      Field.required(
          "id",
          Kinds.text(HostText.MAX_NAME)
              .then(
                  (text, node, reading) ->
                      HostText.isIpv4(text) && !text.equals("0.0.0.0")
                          ? Optional.of(text)
                          : reading.wrong(node, "must be an IPv4 address, as in 192.0.2.1")),
          "Our BGP identifier, an IPv4 address.");
  private static final Field<List<Neighbour>> NEIGHBOURS =
      Field.required(
          "neighbours", Kinds.oneOrMany(NEIGHBOUR, MAX_NEIGHBOURS), "Who may open a session.");
  private static final Kind<SourceSpec> SESSION =
      Kinds.fields(
          Shape.of(
              "session",
              "Routers that open a session with us; nothing is announced to them.",
              SESSION_LISTEN,
              OWN_AS,
              ID,
              NEIGHBOURS),
          (values, _, _) -> session(values));

  private static final Field<SourceSpec> OF_RIS_LIVE =
      Field.optional(RisLive.KIND, RIS_LIVE, "The stream of RIPE's route collectors.");
  private static final Field<SourceSpec> OF_BMP =
      Field.optional(BmpStation.KIND, BMP, "Routers that report to us.");
  private static final Field<SourceSpec> OF_SESSION =
      Field.optional(BgpSession.KIND, SESSION, "Routers that open a BGP session with us.");

  static final Kind<SourceSpec> KIND =
      Kinds.fields(
          Shape.of("bgp source", "Somebody who tells routes.", OF_RIS_LIVE, OF_BMP, OF_SESSION)
              .withExactlyOneOf(RisLive.KIND, BmpStation.KIND, BgpSession.KIND),
          (values, _, _) ->
              values
                  .get(OF_RIS_LIVE)
                  .or(() -> values.get(OF_BMP))
                  .or(() -> values.get(OF_SESSION)));

  private SourceReader() {}

  private static Optional<SourceSpec> session(Values values) {
    Optional<ServerAddress> listen = values.get(SESSION_LISTEN);
    Optional<Long> asn = values.get(OWN_AS);
    Optional<String> id = values.get(ID);
    List<Neighbour> neighbours = values.get(NEIGHBOURS).orElse(List.of());
    return listen.isPresent() && asn.isPresent() && id.isPresent() && !neighbours.isEmpty()
        ? Optional.of(new BgpSession(listen.get(), asn.get(), id.get(), neighbours))
        : Optional.empty();
  }
}
