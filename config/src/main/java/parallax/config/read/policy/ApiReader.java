package parallax.config.read.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.access.Access;
import parallax.config.access.OidcProvider;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.problem.Problems;
import parallax.config.read.routes.RouteKinds;
import parallax.config.secret.Secret;
import parallax.config.yaml.Yaml;

/** The {@code api} block. */
public final class ApiReader {
  private static final int MAX_TOKENS = 100;
  private static final int MAX_PROXIES = 20;

  private static final Field<String> NAME =
      Field.required(
          "name",
          PolicyKinds.name().then(ApiReader::nobodyElses),
          "Unique; stands beside what is done with it.");
  private static final Field<Secret> TOKEN =
      Field.required(
          "token",
          SecretKinds.reference().then(ApiReader::longEnough),
          "At least 16 characters, as ${env:NAME} or ${file:/path}.");
  private static final Field<Role> ROLE =
      Field.required(
          "role",
          Kinds.choice(roles()),
          "viewer reads; responder acknowledges, writes notes and speaks for jobs; operator also"
              + " silences; admin may do everything.");

  private static final Kind<ApiToken> ITEM =
      Kinds.fields(
          Shape.of("api token", "Who may do something by the API.", NAME, TOKEN, ROLE),
          (values, _, _) -> token(values));

  private static final Field<List<ApiToken>> TOKENS =
      Field.optional(
          "tokens",
          Kinds.listOf(ITEM, 1, MAX_TOKENS).then(ApiReader::unique),
          "Who may do something, and read.");
  private static final Field<OidcProvider> OIDC =
      Field.optional(
          "oidc", OidcReader.KIND, "Who says who people are. Left out: people show tokens.");
  private static final Field<Boolean> READING =
      Field.optional(
          "reading",
          Kinds.choice(readers()),
          "For whom what is only read is: viewers, or anybody who reaches the port. Left out:"
              + " viewers, once there are tokens or oidc.");
  private static final Field<List<String>> PROXIES =
      Field.optional(
          "proxies",
          Kinds.oneOrMany(RouteKinds.prefix(), MAX_PROXIES),
          "Networks of proxies before Parallax, as in 192.0.2.10/32, whose X-Forwarded-For and"
              + " X-Forwarded-Proto are believed. Left out: of nobody.");

  public static final Kind<Access> KIND =
      Kinds.fields(
          Shape.of("api", "Who may read and do what.", TOKENS, OIDC, READING, PROXIES),
          (values, _, _) ->
              Optional.of(
                  new Access(
                      values.get(TOKENS).orElse(List.of()),
                      values.get(OIDC),
                      values.get(READING).orElse(false),
                      values.get(PROXIES).orElse(List.of()))));

  /** What is written, and where. */
  public static final Kind<Located<Access>> LOCATED = KIND.located();

  private ApiReader() {}

  /**
   * The value, which may need what stands elsewhere.
   *
   * @param page whether it is told where people find the page, or that cannot be known
   */
  public static Access value(Optional<Located<Access>> written, boolean page, Problems problems) {
    written
        .filter(found -> found.value().oidc().isPresent() && !page)
        .ifPresent(
            found ->
                problems.error(
                    found.place(), "oidc needs to know where people are sent back to; add 'page'"));
    return written.map(Located::value).orElse(Access.NONE);
  }

  private static Map<String, Boolean> readers() {
    Map<String, Boolean> readers = new LinkedHashMap<>();
    readers.put("viewers", false);
    readers.put("anybody", true);
    return readers;
  }

  private static Optional<String> nobodyElses(String name, Yaml node, Reading reading) {
    return ApiToken.RESERVED.contains(name)
        ? reading.refuse(node.place(), "stands for Parallax itself; take another name")
        : Optional.of(name);
  }

  private static Optional<ApiToken> token(Values values) {
    Optional<String> name = values.get(NAME);
    Optional<Secret> token = values.get(TOKEN);
    Optional<Role> role = values.get(ROLE);
    return name.isEmpty() || token.isEmpty() || role.isEmpty()
        ? Optional.empty()
        : Optional.of(new ApiToken(name.get(), token.get(), role.get()));
  }

  private static Optional<Secret> longEnough(Secret token, Yaml node, Reading reading) {
    int length = token.reveal().length();
    // Empty when the reference is only known where the configuration is used.
    return length == 0 || length >= ApiToken.MIN_LENGTH
        ? Optional.of(token)
        : reading.refuse(node.place(), "must have at least " + ApiToken.MIN_LENGTH + " characters");
  }

  private static Optional<List<ApiToken>> unique(
      List<ApiToken> tokens, Yaml node, Reading reading) {
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> secrets = new TreeSet<>();
    for (ApiToken token : tokens) {
      String secret = token.token().reveal();
      if (!names.add(token.name()) || (!secret.isEmpty() && !secrets.add(secret))) {
        return reading.refuse(
            node.place(), "must have names and tokens that differ; see '" + token.name() + "'");
      }
    }
    return Optional.of(tokens);
  }

  static Map<String, Role> roles() {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      roles.put(role.name().toLowerCase(Locale.ROOT), role);
    }
    return roles;
  }
}
