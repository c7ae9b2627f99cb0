package parallax.config.read.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.SecretKinds.Expanded;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.HttpSpec;
import parallax.config.check.HttpSpec.Header;
import parallax.config.check.HttpSpec.ProxyAddress;
import parallax.config.check.HttpSpec.Version;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.secret.Secret;
import parallax.config.yaml.Yaml;

/** The {@code http} block. */
public final class HttpReader {
  /** The longest request body, in UTF-16 code units. */
  static final int MAX_BODY = 64 * 1024;

  private static final String METHOD_PATTERN = "^(?!CONNECT$)[A-Z][A-Z-]{0,31}$";

  static final Field<String> METHOD =
      Field.optional(
          "method",
          Kinds.text(
              METHOD_PATTERN, 32, "must be a request method in upper case, such as GET or POST"),
          "The request method, in upper case. Left out: GET.");
  private static final Field<List<Header>> HEADERS =
      Field.optional(
          "headers",
          HeaderReader.KIND,
          "Request headers. Values may hold ${env:NAME} and ${file:/path}; those of Authorization,"
              + " Cookie and the like must.");
  private static final Field<Expanded> BODY =
      Field.optional(
          "body",
          SecretKinds.expandable(MAX_BODY),
          "The request body. May hold ${env:NAME} and ${file:/path}.");
  private static final Field<Version> VERSION =
      Field.optional(
          "version",
          Kinds.choice(versions()),
          "The protocol version offered: 1.1, 2 or any, which is 2 where the server agrees; or 3,"
              + " over QUIC alone, of https and through no proxy. Left out: any.");
  static final Field<Long> REDIRECTS =
      Field.optional(
          "redirects",
          Kinds.wholeNumber(0, HttpSpec.MAX_REDIRECTS),
          "How many redirects are followed; 0 judges the redirect itself. Left out: 5.");
  static final Field<HttpExpect> EXPECT =
      Field.optional("expect", ExpectReader.KIND, "What the answer must be. Left out: any 2xx.");
  private static final Field<HttpCredentials> AUTH =
      Field.optional("auth", AuthReader.KIND, "Who the check says it is.");
  private static final Field<ProxyAddress> PROXY =
      Field.optional("proxy", ProxyReader.KIND, "A forward proxy that the request goes through.");

  public static final Shape SHAPE =
      Shape.of(
          "http",
          "The HTTP request and what its answer must be.",
          METHOD,
          HEADERS,
          BODY,
          VERSION,
          REDIRECTS,
          EXPECT,
          AUTH,
          PROXY);

  public static final Kind<HttpSettings> KIND =
      Kinds.fields(SHAPE, (values, _, reading) -> Optional.of(settings(values, reading)));

  private HttpReader() {}

  /** What an {@code http} block says. */
  public record HttpSettings(
      String method,
      List<Header> headers,
      Optional<Secret> body,
      Version version,
      int redirects,
      HttpExpect expect,
      HttpCredentials credentials,
      Optional<ProxyAddress> proxy) {
    public static final HttpSettings DEFAULT =
        new HttpSettings(
            "GET",
            List.of(),
            Optional.empty(),
            Version.ANY,
            HttpSpec.DEFAULT_REDIRECTS,
            HttpExpect.DEFAULT,
            new HttpCredentials.None(),
            Optional.empty());

    /**
     * Whether the version that is asked for is spoken there; otherwise says why not.
     *
     * @param plain whether any request goes to an {@code http} URL
     * @param node where the URL stands
     */
    public boolean isSpoken(String scheme, boolean plain, Yaml node, Reading reading) {
      boolean web = scheme.startsWith("http") || scheme.equals("openid");
      if (!web || version != Version.HTTP_3) {
        return true;
      }
      if (plain) {
        reading.refuse(node.place(), "must be https for HTTP/3, or leave out 'version: 3'");
      } else if (proxy.isPresent()) {
        reading.refuse(
            node.place(), "is to be reached by HTTP/3, which no proxy takes: leave out 'proxy'");
      }
      return !plain && proxy.isEmpty();
    }
  }

  private static HttpSettings settings(Values values, Reading reading) {
    HttpSettings standard = HttpSettings.DEFAULT;
    List<Header> headers = values.get(HEADERS).orElse(standard.headers());
    if (values.has(AUTH.key())
        && headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("authorization"))) {
      reading
          .problems()
          .error(
              values.placeOf(AUTH.key()),
              "'auth' can't stand beside a header Authorization; keep one");
    }
    return new HttpSettings(
        values.get(METHOD).orElse(standard.method()),
        headers,
        values.get(BODY).map(Expanded::value),
        values.get(VERSION).orElse(standard.version()),
        values.get(REDIRECTS).map(Long::intValue).orElse(standard.redirects()),
        values.get(EXPECT).orElse(standard.expect()),
        values.get(AUTH).orElse(standard.credentials()),
        values.get(PROXY));
  }

  private static Map<String, Version> versions() {
    Map<String, Version> versions = new LinkedHashMap<>();
    versions.put("any", Version.ANY);
    versions.put("1.1", Version.HTTP_1_1);
    versions.put("2", Version.HTTP_2);
    versions.put("3", Version.HTTP_3);
    return versions;
  }
}
