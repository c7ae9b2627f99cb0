package parallax.probe.blackbox.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parallax.config.observation.Printable;
import parallax.probe.blackbox.module.HttpClientSettings;
import parallax.probe.blackbox.module.HttpClientSettings.Header;
import parallax.probe.blackbox.module.HttpClientSettings.Login;
import parallax.probe.blackbox.module.HttpClientSettings.ProxySettings;
import parallax.probe.blackbox.module.HttpClientSettings.ProxyUrl;
import parallax.probe.blackbox.module.Value;

/** What Prometheus calls the configuration of an HTTP client, in the mapping it stands in. */
final class ClientReader {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** What only the exporter may set (prometheus/common, reserved headers). */
  private static final List<String> RESERVED =
      List.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-prometheus-scrape-timeout-seconds",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private final Section section;

  private ClientReader(Section section) {
    this.section = section;
  }

  /** Reads the keys of a client; those of {@code section} that are others are left. */
  static HttpClientSettings read(Section section) {
    ClientReader reader = new ClientReader(section);
    return new HttpClientSettings(
        reader.login(),
        TlsReader.read(section.section("tls_config")),
        section.flag("follow_redirects", true),
        section.flag("enable_http2", true),
        reader.proxy(),
        reader.httpHeaders());
  }

  private Login login() {
    List<String> ways = new ArrayList<>();
    for (String way :
        List.of("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file")) {
      if (section.has(way)) {
        ways.add(way);
      }
    }
    if (ways.size() > 1) {
      section.refuse(ways.getLast(), "and '" + ways.getFirst() + "' can't be given both; keep one");
    }
    return ways.isEmpty()
        ? new Login.None()
        : switch (ways.getFirst()) {
          case "basic_auth" -> basic(section.section("basic_auth"));
          case "authorization" -> typed(section.section("authorization"));
          case "oauth2" -> byToken(section.section("oauth2"));
          default ->
              section
                  .secretOrFile("bearer_token", "bearer_token_file")
                  .<Login>map(token -> new Login.Typed("Bearer", token))
                  .orElseGet(Login.None::new);
        };
  }

  private static Login basic(Section section) {
    section.unsupported("username_ref", "there is no secret manager; use 'username_file'");
    section.unsupported("password_ref", "there is no secret manager; use 'password_file'");
    Value user = section.secretOrFile("username", "username_file").orElse(Value.of(""));
    Value password = section.secretOrFile("password", "password_file").orElse(Value.of(""));
    section.end();
    return new Login.Basic(user, password);
  }

  private static Login typed(Section section) {
    section.unsupported("credentials_ref", "there is no secret manager; use 'credentials_file'");
    String type = section.text("type").map(String::strip).orElse("Bearer");
    if (type.equalsIgnoreCase("basic")) {
      section.refuse("type", "can't be Basic; use 'basic_auth'");
    } else if (!TOKEN.matcher(type).matches()) {
      section.refuse("type", "must be a word such as Bearer");
    }
    Optional<Value> credentials = section.secretOrFile("credentials", "credentials_file");
    section.end();
    return credentials.<Login>map(known -> new Login.Typed(type, known)).orElseGet(Login.None::new);
  }

  private static Login byToken(Section section) {
    section.unsupported(
        "client_secret_ref", "there is no secret manager; use 'client_secret_file'");
    for (String key :
        List.of(
            "client_certificate_key",
            "client_certificate_key_file",
            "client_certificate_key_ref",
            "client_certificate_key_id",
            "signature_algorithm",
            "iss",
            "audience",
            "claims")) {
      section.unsupported(key, "tokens are asked for with 'client_id' and 'client_secret' alone");
    }
    for (String key :
        List.of(
            "tls_config",
            "proxy_url",
            "no_proxy",
            "proxy_from_environment",
            "proxy_connect_header")) {
      section.unsupported(key, "tokens are fetched as the module's own requests are");
    }
    section
        .text("grant_type")
        .filter(type -> !type.equals("client_credentials"))
        .ifPresent(_ -> section.refuse("grant_type", "must be client_credentials"));
    Optional<String> id = section.text("client_id").filter(text -> !text.isEmpty());
    Optional<String> url = section.text("token_url").filter(text -> !text.isEmpty());
    if (id.isEmpty()) {
      section.refuse("client_id", "is missing in 'oauth2'");
    }
    if (url.isEmpty()) {
      section.refuse("token_url", "is missing in 'oauth2'");
    }
    Value secret = section.secretOrFile("client_secret", "client_secret_file").orElse(Value.of(""));
    List<HttpClientSettings.Parameter> parameters = new ArrayList<>();
    for (Node.Field field : section.section("endpoint_params").all()) {
      if (field.value() instanceof Node.Leaf leaf) {
        parameters.add(new HttpClientSettings.Parameter(field.key(), leaf.text()));
      } else {
        section.wrong(field.key(), field.value(), "must be text");
      }
    }
    Login login =
        new Login.ByToken(
            id.orElse(""), secret, url.orElse(""), section.texts("scopes"), parameters);
    section.end();
    return login;
  }

  private ProxySettings proxy() {
    Optional<ProxyUrl> url =
        section.text("proxy_url").filter(text -> !text.isEmpty()).flatMap(this::proxyUrl);
    boolean environment = section.flag("proxy_from_environment", false);
    List<String> except =
        section.text("no_proxy").stream()
            .flatMap(text -> Stream.of(text.split(",", -1)))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (environment && (url.isPresent() || !except.isEmpty())) {
      section.refuse(
          "proxy_from_environment", "can't be given together with 'proxy_url' or 'no_proxy'");
    }
    if (url.isEmpty() && !except.isEmpty() && !environment) {
      section.refuse("no_proxy", "needs 'proxy_url'");
    }
    List<Header> connect = new ArrayList<>();
    for (Node.Field field : section.section("proxy_connect_header").all()) {
      connect.addAll(values(field.key(), field.value()));
    }
    if (!connect.isEmpty() && url.isEmpty() && !environment) {
      section.refuse("proxy_connect_header", "needs 'proxy_url'");
    }
    return new ProxySettings(url, except, environment, connect);
  }

  private Optional<ProxyUrl> proxyUrl(String text) {
    Optional<ProxyUrl> url = ProxyUrl.parse(text);
    if (url.isEmpty()) {
      section.refuse(
          "proxy_url",
          "must be the URL of an HTTP proxy, such as http://127.0.0.1:3128; https and socks5"
              + " proxies are not supported");
    }
    return url;
  }

  private List<Header> httpHeaders() {
    List<Header> headers = new ArrayList<>();
    Section all = section.section("http_headers");
    for (Node.Field field : all.all()) {
      if (RESERVED.contains(field.key().toLowerCase(Locale.ROOT))) {
        section
            .problems()
            .error(
                field.place(),
                "header '"
                    + field.key()
                    + "' can't be set in 'http_headers'; write it into 'headers'");
        continue;
      }
      Section one = Section.of(section.problems(), field.key(), field.value());
      for (String value : one.texts("values")) {
        headers.add(new Header(name(field), Value.of(value)));
      }
      for (String value : one.texts("secrets")) {
        headers.add(new Header(name(field), Value.of(value)));
      }
      for (String file : one.texts("files")) {
        headers.add(new Header(name(field), new Value.InFile(java.nio.file.Path.of(file))));
      }
      one.end();
    }
    return headers;
  }

  private String name(Node.Field field) {
    if (!TOKEN.matcher(field.key()).matches()) {
      section
          .problems()
          .error(
              field.place(),
              "'"
                  + Printable.bounded(field.key(), Node.MAX_SHOWN)
                  + "' is not the name of a header field");
      return "x-invalid";
    }
    return field.key();
  }

  /** {@code headers} of a section: names and single values. */
  static List<Header> headers(Section section, String key) {
    ClientReader reader = new ClientReader(section);
    List<Header> headers = new ArrayList<>();
    for (Node.Field field : section.section(key).all()) {
      headers.addAll(reader.values(field.key(), field.value(), field));
    }
    return headers;
  }

  private List<Header> values(String name, Node value) {
    return values(name, value, new Node.Field(value.place(), name, value));
  }

  private List<Header> values(String name, Node value, Node.Field field) {
    return switch (value) {
      case Node.Leaf leaf -> List.of(new Header(name(field), Value.of(leaf.text())));
      case Node.Items items ->
          items.nodes().stream().flatMap(item -> values(name, item, field).stream()).toList();
      case Node.Fields fields -> {
        section
            .problems()
            .error(fields.place(), "'" + name + "' must be text or a list; found a mapping");
        yield List.of();
      }
    };
  }
}
