package parallax.config.read.policy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.access.OidcProvider;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.ApiToken.Role;
import parallax.config.read.check.UrlKinds;
import parallax.config.secret.Secret;
import parallax.config.text.HostText;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** The {@code oidc} block under {@code api}. */
final class OidcReader {
  private static final int MAX_ID = 255;
  private static final int MAX_SCOPES = 20;
  private static final int MAX_GROUPS = 500;
  private static final String GROUP = "^[^\\p{Cc}]{1,255}$";
  private static final String WORD = "^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}$";

  private static final Field<URI> ISSUER =
      Field.required(
          "issuer",
          Kinds.text(UrlText.MAX_LENGTH).then(OidcReader::issuer),
          "As it stands in what it signs. https, or http on the coordinator's own machine.");
  private static final Field<String> CLIENT_ID =
      Field.required(
          "client_id",
          Kinds.text("^[\\x20-\\x7e]{1,255}$", MAX_ID, "must be 1 to 255 ASCII characters"),
          "As which Parallax is known there.");
  private static final Field<Secret> CLIENT_SECRET =
      Field.required("client_secret", SecretKinds.reference(), "As ${env:NAME} or ${file:/path}.");
  private static final Field<String> NAME =
      Field.optional(
          "name",
          claim(),
          "The claim that people are named by. Left out: preferred_username, email, name or sub.");
  private static final Field<List<String>> SCOPES =
      Field.optional(
          "scopes",
          Kinds.oneOrMany(Kinds.text(WORD, MAX_ID, "must be a scope such as groups"), MAX_SCOPES),
          "What is asked for beside openid. Left out: profile and email.");
  private static final Field<String> CLAIM =
      Field.required(
          "claim", claim(), "What says to which groups somebody belongs, such as groups.");
  private static final Field<SortedMap<String, Role>> MAP =
      Field.required(
          "map",
          Kinds.table(GROUP, "names of groups", Kinds.choice(ApiReader.roles()), MAX_GROUPS)
              .then(OidcReader::some),
          "The role of each group. Of several the highest counts; in none, no role.");

  private record Roles(String claim, SortedMap<String, Role> map) {}

  private static final Field<Roles> ROLES =
      Field.required(
          "roles",
          Kinds.fields(
              Shape.of("roles", "Who may do what.", CLAIM, MAP),
              (values, _, _) ->
                  values
                      .get(CLAIM)
                      .flatMap(claim -> values.get(MAP).map(map -> new Roles(claim, map)))),
          "Who may do what.");

  static final Kind<OidcProvider> KIND =
      Kinds.fields(
          Shape.of(
              "oidc",
              "Who says who people are, by OpenID Connect. Needs 'page': people are sent back to"
                  + " /login/oidc/callback below it.",
              ISSUER,
              CLIENT_ID,
              CLIENT_SECRET,
              NAME,
              SCOPES,
              ROLES),
          (values, _, _) -> provider(values));

  private OidcReader() {}

  private static Kind<String> claim() {
    return Kinds.text("^[\\x21-\\x7e]{1,255}$", MAX_ID, "must be the name of a claim");
  }

  /** It is compared with what is signed character by character, so it stays as it is written. */
  private static Optional<URI> issuer(String text, Yaml node, Reading reading) {
    Optional<UrlText> url =
        UrlKinds.parse(text, node, reading).flatMap(any -> UrlKinds.web(any, node, reading));
    if (url.isEmpty()) {
      return Optional.empty();
    }
    boolean safe = url.get().scheme().equals("https") || isHere(url.get().host());
    return safe && url.get().tail().indexOf('?') < 0
        ? Optional.of(URI.create(text))
        : reading.refuse(
            node.place(),
            "must be an https URL without query and fragment (http is for this machine alone)");
  }

  private static boolean isHere(String host) {
    return host.equals("localhost") || host.equals("::1") || isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    return HostText.isIpv4(host) && host.startsWith("127.");
  }

  private static Optional<SortedMap<String, Role>> some(
      List<Kinds.Pair<Role>> pairs, Yaml node, Reading reading) {
    SortedMap<String, Role> roles = new TreeMap<>();
    for (Kinds.Pair<Role> pair : pairs) {
      roles.put(pair.key(), pair.value());
    }
    return node instanceof Yaml.Mapping written && written.entries().isEmpty()
        ? reading.refuse(node.place(), "must name at least one group; nobody could come in")
        : Optional.of(roles);
  }

  private static Optional<OidcProvider> provider(Values values) {
    Optional<URI> issuer = values.get(ISSUER);
    Optional<String> client = values.get(CLIENT_ID);
    Optional<Secret> secret = values.get(CLIENT_SECRET);
    Optional<Roles> roles = values.get(ROLES);
    if (issuer.isEmpty() || client.isEmpty() || secret.isEmpty() || roles.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OidcProvider(
            issuer.get(),
            client.get(),
            secret.get(),
            values.get(NAME),
            values.get(SCOPES).orElse(OidcProvider.USUAL_SCOPES),
            roles.get().claim(),
            roles.get().map()));
  }
}
