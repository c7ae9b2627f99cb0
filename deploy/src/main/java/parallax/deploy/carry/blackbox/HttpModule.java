package parallax.deploy.carry.blackbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.problem.Place;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Request;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;

/** What the http prober is told. */
final class HttpModule {
  private static final Pattern COMPARISON =
      Pattern.compile(
          "body((?:\\.[A-Za-z_][A-Za-z0-9_]*|\\[[0-9]+])+)\\s*==\\s*"
              + "(?:'([^'\\\\]*)'|\"([^\"\\\\]*)\"|(-?[0-9]+(?:\\.[0-9]+)?|true|false|null))");

  private final Draft draft;
  private final Sheet target;
  private final Request request;

  HttpModule(Draft draft, Sheet target, Request request) {
    this.draft = draft;
    this.target = target;
    this.request = request;
  }

  /** False when the target is not carried over. */
  boolean read(Table http, String address) {
    String url = address.contains("://") ? address : "http://" + address;
    if (!request.url(url, Optional.empty(), target.origin())) {
      return true;
    }
    http.text("method").ifPresent(method -> request.method(method, http.placeOf("method")));
    for (Node.Leaf status : http.leaves("valid_status_codes")) {
      request.expect(status.place()).more("status", status.text(), status.place());
    }
    http.text("body").ifPresent(body -> request.body(body, http.placeOf("body")));
    http.text("body_file")
        .ifPresent(
            file ->
                request
                    .http(http.placeOf("body_file"))
                    .text("body", inFile(file), http.placeOf("body_file")));
    http.table("headers")
        .ifPresent(
            headers ->
                headers
                    .all()
                    .forEach(
                        field ->
                            headers
                                .text(field.key())
                                .ifPresent(it -> request.header(field.key(), it, field.place()))));
    versions(http);
    bodies(http);
    headers(http);
    client(http);
    secure(http, url);
    return true;
  }

  /** What the exporter shares with all that speak HTTP for Prometheus. */
  void client(Table client) {
    Place place = client.placeOf("follow_redirects");
    if (client.isFalse("follow_redirects") || client.isTrue("no_follow_redirects")) {
      request.http(place).plain("redirects", "0", place);
    }
    client.ignore("follow_redirects", "no_follow_redirects", "enable_http2", "enable_http3");
    client.table("http_headers").ifPresent(this::clientHeaders);
    client.table("basic_auth").ifPresent(this::basic);
    client.table("authorization").ifPresent(this::authorization);
    client.text("bearer_token").ifPresent(it -> request.bearer(it, client.placeOf("bearer_token")));
    client
        .text("bearer_token_file")
        .ifPresent(file -> bearerFile(file, client.placeOf("bearer_token_file")));
    client.table("oauth2").ifPresent(this::oauth);
    client.table("tls_config").ifPresent(tls -> tls(draft, target, request, tls));
    client
        .text("proxy_url")
        .ifPresent(
            url -> {
              Place at = client.placeOf("proxy_url");
              request.http(at).at("proxy", at).text("url", url, at);
            });
    if (client.take("proxy_connect_header").isPresent()) {
      left(client, "proxy_connect_header", "write user and password of the proxy under 'proxy'");
    }
    client.ignore("skip_resolve_phase_with_proxy", "proxy_from_environment");
  }

  private void clientHeaders(Table headers) {
    for (Node.Field field : headers.all()) {
      Table header = Table.of(field.value());
      List<Node.Leaf> values = new ArrayList<>(header.leaves("values"));
      values.addAll(header.leaves("secrets"));
      List<Node.Leaf> files = header.leaves("files");
      if (values.size() + files.size() > 1) {
        draft.leftOut(target, field.place(), "further values of the header " + field.key());
      }
      if (!values.isEmpty()) {
        request.header(field.key(), values.getFirst().text(), field.place());
      } else if (!files.isEmpty()) {
        request
            .http(field.place())
            .at("headers", field.place())
            .text(field.key(), inFile(files.getFirst().text()), field.place());
      }
    }
  }

  private void basic(Table basic) {
    Place place = basic.place();
    String user = basic.text("username").orElse("");
    Optional<String> file = basic.text("password_file");
    if (file.isPresent()) {
      Sheet sheet = request.http(place).at("auth", place).at("basic", place);
      sheet.text("user", user, place).text("password", inFile(file.get()), place);
    } else {
      request.basic(user, basic.text("password").orElse(""), basic.placeOf("password"));
    }
    basic.rest(draft, target, "basic_auth.");
  }

  private void authorization(Table authorization) {
    String type = authorization.text("type").orElse("Bearer");
    Place place = authorization.placeOf("credentials");
    Optional<String> file = authorization.text("credentials_file");
    Optional<String> credentials = authorization.text("credentials");
    if (type.equalsIgnoreCase("bearer")) {
      file.ifPresent(it -> bearerFile(it, place));
      credentials.ifPresent(it -> request.bearer(it, place));
    } else {
      credentials.ifPresent(it -> request.header("Authorization", type + " " + it, place));
      file.ifPresent(
          it ->
              request
                  .http(place)
                  .at("headers", place)
                  .text("Authorization", type + " " + inFile(it), place));
    }
  }

  private void bearerFile(String file, Place place) {
    Sheet bearer = request.http(place).at("auth", place).at("bearer", place);
    bearer.text("token", inFile(file), place);
  }

  private void oauth(Table oauth) {
    Place place = oauth.place();
    Sheet sheet =
        request.clientCredentials(
            oauth.text("token_url").orElse(""),
            oauth.text("client_id").orElse(""),
            oauth.text("client_secret").orElse(""),
            place);
    oauth
        .text("client_secret_file")
        .ifPresent(file -> sheet.text("client_secret", inFile(file), place));
    oauth.leaves("scopes").forEach(scope -> sheet.more("scopes", scope.text(), scope.place()));
    oauth
        .table("endpoint_params")
        .ifPresent(
            parameters -> {
              parameters.ignore("grant_type");
              parameters.rest(draft, target, "oauth2.endpoint_params.");
            });
    oauth.rest(draft, target, "oauth2.");
  }

  /** Reads a tls_config. */
  static void tls(Draft draft, Sheet target, Request request, Table tls) {
    tls.text("ca_file").ifPresent(it -> request.tls(tls.place()).text("ca", it, tls.place()));
    tls.text("cert_file").ifPresent(it -> request.tls(tls.place()).text("cert", it, tls.place()));
    tls.text("key_file").ifPresent(it -> request.tls(tls.place()).text("key", it, tls.place()));
    tls.text("server_name")
        .ifPresent(it -> request.tls(tls.place()).text("server_name", it, tls.place()));
    tls.text("min_version")
        .filter(version -> version.matches("TLS1[0-3]"))
        .ifPresent(
            it ->
                request.tls(tls.place()).text("min_version", "1." + it.substring(4), tls.place()));
    if (tls.isTrue("insecure_skip_verify")) {
      BlackboxImport.leftOut(
          draft,
          target,
          tls,
          "insecure_skip_verify",
          "certificates are always verified; name the CA under 'tls: ca:'");
    }
    tls.rest(draft, target, "tls_config.");
  }

  private void versions(Table http) {
    List<String> versions =
        http.leaves("valid_http_versions").stream().map(Node.Leaf::text).toList();
    Place place = http.placeOf("valid_http_versions");
    if (http.isTrue("enable_http3")) {
      Place asked = http.placeOf("enable_http3");
      request.http(asked).text("version", "3", asked);
      if (!versions.isEmpty() && versions.stream().noneMatch(it -> it.startsWith("HTTP/3"))) {
        left(http, "valid_http_versions", "HTTP/3 is asked for, and no other version tried");
      }
      return;
    }
    boolean old = versions.stream().anyMatch(version -> version.startsWith("HTTP/1"));
    boolean two = versions.stream().anyMatch(version -> version.startsWith("HTTP/2"));
    if (old != two) {
      request.http(place).text("version", old ? "1.1" : "2", place);
    } else if (!versions.isEmpty() && !old) {
      left(http, "valid_http_versions", "versions here are 1.1, 2 and 3");
    }
  }

  private void bodies(Table http) {
    for (Node.Leaf fatal : http.leaves("fail_if_body_matches_regexp")) {
      request.bodyExpect(fatal.place()).more("excludes", fatal.text(), fatal.place());
    }
    for (Node.Leaf needed : http.leaves("fail_if_body_not_matches_regexp")) {
      request.bodyExpect(needed.place()).more("matches", needed.text(), needed.place());
    }
    http.text("fail_if_body_json_not_matches_cel")
        .ifPresent(cel -> condition(cel, http.placeOf("fail_if_body_json_not_matches_cel")));
    http.text("fail_if_body_json_matches_cel")
        .ifPresent(
            _ ->
                left(http, "fail_if_body_json_matches_cel", "conditions here must hold, not fail"));
    http.text("compression")
        .ifPresent(_ -> left(http, "compression", "what the server packs is unpacked, if it does"));
  }

  /** Comparisons with constants, all of which must hold, are those that can be said here. */
  private void condition(String cel, Place place) {
    for (String part : cel.split("&&")) {
      Matcher equal = COMPARISON.matcher(part.strip());
      if (!equal.matches()) {
        draft.leftOut(target, place, "the condition " + Table.shown(part.strip()));
        continue;
      }
      Optional<String> text =
          Optional.ofNullable(equal.group(2)).or(() -> Optional.ofNullable(equal.group(3)));
      request.json(
          "$" + equal.group(1),
          text.or(() -> Optional.ofNullable(equal.group(4))).orElse(""),
          text.isEmpty(),
          place);
    }
  }

  private void headers(Table http) {
    for (Node node : http.nodes("fail_if_header_not_matches")) {
      Table rule = Table.of(node);
      String name = rule.text("header").orElse("");
      String pattern = rule.text("regexp").orElse("");
      Optional<String> contains =
          pattern.matches("\\.[*+]") ? Optional.of("") : Request.literal(pattern);
      if (contains.isPresent() && !rule.isTrue("allow_missing")) {
        request
            .expect(node.place())
            .at("header", node.place())
            .text(name, contains.get(), node.place());
      } else {
        draft.leftOut(
            target, node.place(), "the header " + name + ": here it contains a text, or is there");
      }
    }
    for (Node node : http.nodes("fail_if_header_matches")) {
      String name = Table.of(node).text("header").orElse("");
      draft.leftOut(target, node.place(), "that the header " + name + " must not be like that");
    }
  }

  private void secure(Table http, String url) {
    boolean tls = url.startsWith("https:");
    if (http.isTrue("fail_if_ssl") && tls) {
      left(http, "fail_if_ssl", "https is always spoken by TLS");
    }
    if (http.isTrue("fail_if_not_ssl") && !tls) {
      left(http, "fail_if_not_ssl", "write an https URL");
    }
    http.ignore("fail_if_ssl", "fail_if_not_ssl");
  }

  private static String inFile(String path) {
    return "${file:" + path + "}";
  }

  private void left(Table table, String key, String why) {
    BlackboxImport.leftOut(draft, target, table, key, why);
  }
}
