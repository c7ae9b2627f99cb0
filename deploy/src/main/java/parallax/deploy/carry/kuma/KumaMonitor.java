package parallax.deploy.carry.kuma;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Request;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Service;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;
import parallax.probe.blackbox.read.Trees;

/** One monitor as a target. */
final class KumaMonitor {
  private static final Trees.Limits LIMITS = new Trees.Limits(1 << 20, 10_000);
  private static final List<String> WEB = List.of("http", "keyword", "json-query");
  private static final Duration LEAST_BEAT = Duration.ofSeconds(10);

  private final Draft draft;
  private final Sheet target;
  private final Table monitor;
  private final Request request;

  KumaMonitor(Draft draft, Sheet target, Table monitor) {
    this.draft = draft;
    this.target = target;
    this.monitor = monitor;
    this.request = new Request(draft, target);
  }

  /** False when there is nothing like it here. */
  boolean read(String type) {
    if (type.equals("push")) {
      beat();
      return true;
    }
    Optional<String> url = url(type);
    if (url.isEmpty()) {
      return false;
    }
    if (!request.url(url.get(), otherwise(type), place("url"))) {
      return true;
    }
    seconds("interval").ifPresent(it -> request.duration("interval", it, place("interval")));
    seconds("timeout")
        .filter(time -> !time.isZero())
        .ifPresent(it -> request.duration("timeout", it, place("timeout")));
    if (WEB.contains(type)) {
      web(type);
    }
    if (type.equals("dns")) {
      answers();
    }
    return true;
  }

  private Place place(String key) {
    return monitor.placeOf(key);
  }

  private Optional<Duration> seconds(String key) {
    return monitor
        .text(key)
        .filter(text -> text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?"))
        .map(text -> Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue()));
  }

  private Optional<String> url(String type) {
    Optional<String> host = monitor.text("hostname").map(KumaMonitor::bracketed);
    String port = monitor.text("port").map(it -> ":" + it).orElse("");
    return switch (type) {
      case "http", "keyword", "json-query" -> monitor.text("url");
      case "port" -> host.map(it -> scheme() + "://" + it + port);
      case "ping" -> host.map(it -> "icmp://" + it);
      case "dns" ->
          host.map(
              it ->
                  "dns://"
                      + bracketed(
                          monitor.text("dns_resolve_server").orElse("1.1.1.1").split(",")[0])
                      + port
                      + "/"
                      + it
                      + "?type="
                      + monitor.text("dns_resolve_type").orElse("A"));
      case "grpc-keyword" ->
          monitor
              .text("grpcUrl")
              .map(it -> (monitor.isTrue("grpcEnableTls") ? "grpcs://" : "grpc://") + it);
      case "websocket-upgrade" -> monitor.text("url");
      case "smtp" -> host.map(it -> "smtp://" + it + port);
      default -> Optional.empty();
    };
  }

  /** The scheme of what usually listens on the port. */
  private String scheme() {
    return monitor.text("port").flatMap(Service::byPort).map(Service::scheme).orElse("tcp");
  }

  private Optional<String> otherwise(String type) {
    boolean service = type.equals("port") && !scheme().equals("tcp");
    return service
        ? monitor
            .text("hostname")
            .map(it -> "tcp://" + bracketed(it) + ":" + monitor.text("port").orElse(""))
        : Optional.empty();
  }

  /** An IPv6 address as URLs have it (RFC 3986 section 3.2.2). */
  private static String bracketed(String host) {
    String bare = host.strip();
    return bare.chars().filter(sign -> sign == ':').count() > 1 && !bare.startsWith("[")
        ? "[" + bare + "]"
        : bare;
  }

  private void web(String type) {
    monitor.text("method").ifPresent(it -> request.method(it, place("method")));
    for (Node.Leaf status : monitor.leaves("accepted_statuscodes")) {
      request.expect(status.place()).more("status", status.text(), status.place());
    }
    monitor
        .number("maxredirects")
        .ifPresent(
            it ->
                request
                    .http(place("maxredirects"))
                    .plain(
                        "redirects",
                        String.valueOf(Math.min(it, HttpSpec.MAX_REDIRECTS)),
                        place("maxredirects")));
    headers();
    monitor.text("body").ifPresent(it -> request.body(it, place("body")));
    if (monitor.isTrue("ignoreTls")) {
      draft.leftOut(
          target,
          place("ignoreTls"),
          "'ignoreTls': certificates are always verified; name the CA under 'tls: ca:'");
    }
    if (monitor.text("proxyId").isPresent()) {
      draft.leftOut(
          target, place("proxyId"), "its proxy is not in the backup; write 'http: proxy:'");
    }
    signIn();
    if (type.equals("keyword")) {
      keyword();
    }
    if (type.equals("json-query")) {
      query();
    }
  }

  private void headers() {
    Optional<Table> headers =
        monitor
            .table("headers")
            .or(
                () ->
                    monitor
                        .text("headers")
                        .flatMap(
                            text ->
                                Trees.read(
                                    place("headers").file(),
                                    text.getBytes(StandardCharsets.UTF_8),
                                    LIMITS,
                                    new Problems()))
                        .map(Table::of));
    headers.ifPresent(
        all ->
            all.all()
                .forEach(
                    field ->
                        all.text(field.key())
                            .ifPresent(it -> request.header(field.key(), it, place("headers")))));
  }

  private void signIn() {
    String method = monitor.text("authMethod").orElse("");
    Optional<String> user = monitor.text("basic_auth_user");
    switch (method) {
      case "oauth2-cc" -> {
        Sheet oauth =
            request.clientCredentials(
                monitor.text("oauth_token_url").orElse(""),
                monitor.text("oauth_client_id").orElse(""),
                monitor.text("oauth_client_secret").orElse(""),
                place("authMethod"));
        monitor
            .text("oauth_scopes")
            .ifPresent(
                scopes ->
                    List.of(scopes.split("\\s+"))
                        .forEach(it -> oauth.more("scopes", it, place("oauth_scopes"))));
      }
      case "mtls", "ntlm" ->
          draft.leftOut(
              target,
              place("authMethod"),
              method.equals("mtls")
                  ? "its certificate: save it on the probe's machine, write 'tls: cert:' and 'key:'"
                  : "signing in by NTLM");
      default ->
          user.ifPresent(
              name ->
                  request.basic(
                      name, monitor.text("basic_auth_pass").orElse(""), place("basic_auth_pass")));
    }
  }

  private void keyword() {
    String keyword = monitor.text("keyword").orElse("");
    Place place = place("keyword");
    if (monitor.isTrue("invertKeyword")) {
      request.bodyExpect(place).more("excludes", Request.literally(keyword), place);
    } else {
      request.bodyExpect(place).more("contains", keyword, place);
    }
  }

  private void query() {
    String path = monitor.text("jsonPath").orElse("$");
    String expected = monitor.text("expectedValue").orElse("");
    Place place = place("jsonPath");
    boolean equal = List.of("", "==").contains(monitor.text("jsonPathOperator").orElse(""));
    String rooted = path.startsWith("$") ? path : "$." + path;
    if (!equal || rooted.equals("$")) {
      draft.leftOut(target, place, "the query " + Table.shown(path) + ", which compares otherwise");
      return;
    }
    boolean plain = expected.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?|true|false|null");
    request.json(rooted, expected, plain, place);
  }

  private void answers() {
    if (!monitor.nodes("conditions").isEmpty()) {
      draft.leftOut(
          target, place("conditions"), "its conditions: write answers under 'dns: expect:'");
    }
  }

  /** A push that is late for as long as it was retried is missed. */
  private void beat() {
    Duration every = seconds("interval").orElse(Duration.ofMinutes(1));
    Duration again = seconds("retryInterval").orElse(Duration.ZERO);
    Duration grace = again.multipliedBy(monitor.number("maxretries").orElse(0L));
    Place place = place("interval");
    Request beat = new Request(draft, target.at("heartbeat", place));
    beat.duration("every", every.compareTo(LEAST_BEAT) < 0 ? LEAST_BEAT : every, place);
    if (!grace.isZero()) {
      beat.duration("grace", grace, place);
    }
    draft.look(
        target,
        monitor.place(),
        "the job has to POST to /api/v1/heartbeats/" + target.read("name").orElse("") + " now");
  }
}
