package parallax.deploy.carry.gatus;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parallax.config.problem.Place;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Names;
import parallax.deploy.carry.draft.Request;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.GoText;
import parallax.probe.blackbox.read.Node;

/** The configuration of Gatus: its endpoints, those that report by themselves, its alerts. */
public final class GatusImport {
  private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);
  private static final String GROUP = "group";

  /** What only concerns Gatus itself. */
  private static final String[] OWN = {
    "metrics",
    "debug",
    "web",
    "ui",
    "storage",
    "concurrency",
    "disable-monitoring-lock",
    "skip-invalid-config-update",
    "connectivity",
    "endpoints",
    "services",
    "external-endpoints"
  };

  private final Draft draft;
  private final GatusAlerts alerts;
  private final Set<String> seen = new HashSet<>();

  private GatusImport(Draft draft, GatusAlerts alerts) {
    this.draft = draft;
    this.alerts = alerts;
  }

  public static void read(Node file, Draft draft) {
    Table top = Table.of(file);
    GatusAlerts alerts =
        new GatusAlerts(draft, top.table("alerting").orElseGet(() -> Table.of(nothing(file))));
    GatusImport all = new GatusImport(draft, alerts);
    List<Node> endpoints = top.nodes("endpoints");
    // What endpoints were called before version 4.
    List<Node> services = endpoints.isEmpty() ? top.nodes("services") : List.of();
    endpoints.forEach(node -> all.endpoint(Table.of(node)));
    services.forEach(node -> all.endpoint(Table.of(node)));
    List<Node> external = top.nodes("external-endpoints");
    external.forEach(node -> all.external(Table.of(node)));
    if (endpoints.isEmpty() && services.isEmpty() && external.isEmpty()) {
      draft.leftOut(file.place(), "there are no endpoints; is it a configuration of Gatus?");
    }
    top.ignore(OWN);
    top.rest(draft, "");
  }

  static Node nothing(Node node) {
    return new Node.Fields(node.place(), List.of());
  }

  /** A target with the endpoint's name, its group, and who is told of it. */
  private Sheet named(Table endpoint) {
    String name = endpoint.text("name").orElse("endpoint");
    Optional<String> group = endpoint.text(GROUP);
    boolean fresh = seen.add(name.toLowerCase(Locale.ROOT));
    Sheet target =
        draft.target(
            fresh || group.isEmpty() ? name : group.get() + "/" + name, endpoint.placeOf("name"));
    group.ifPresent(
        it -> target.at("labels", endpoint.place()).text(GROUP, it, endpoint.placeOf(GROUP)));
    endpoint
        .table("extra-labels")
        .ifPresent(
            labels ->
                labels
                    .all()
                    .forEach(
                        field ->
                            labels
                                .text(field.key())
                                .ifPresent(
                                    it ->
                                        target
                                            .at("labels", field.place())
                                            .text(Names.key(field.key()), it, field.place()))));
    draft.tell(target, new TreeSet<>(alerts.told(endpoint, target)));
    return target;
  }

  private boolean isOff(Table endpoint) {
    if (endpoint.isFalse("enabled")) {
      draft.leftOut(
          endpoint.place(),
          "endpoint '" + Table.shown(endpoint.text("name").orElse("")) + "' is not enabled");
      return true;
    }
    endpoint.ignore("enabled");
    return false;
  }

  private void endpoint(Table endpoint) {
    if (isOff(endpoint)) {
      return;
    }
    Sheet target = named(endpoint);
    Request request = new Request(draft, target);
    Optional<Table> dns = endpoint.table("dns");
    String url = endpoint.text("url").orElse("");
    Place place = endpoint.placeOf("url");
    boolean there =
        dns.isPresent()
            ? request.url(question(dns.get(), url), Optional.empty(), place)
            : request.url(address(endpoint, target, url), Optional.empty(), place);
    if (!there) {
      return;
    }
    Duration interval = endpoint.text("interval").flatMap(GoText::duration).orElse(USUAL_INTERVAL);
    request.duration("interval", interval, endpoint.placeOf("interval"));
    Optional<String> type = dns.map(it -> it.text("query-type").orElse("A"));
    boolean web = url.startsWith("http://") || url.startsWith("https://");
    if (web) {
      sent(endpoint, request, target);
    }
    endpoint
        .table("client")
        .ifPresent(client -> new GatusClient(draft, target, request).read(client, web));
    new Conditions(draft, target, request, type).read(endpoint.leaves("conditions"));
    endpoint.ignore("ui", "always-run");
    endpoint.rest(draft, target, "");
  }

  private void sent(Table endpoint, Request request, Sheet target) {
    endpoint.text("method").ifPresent(method -> request.method(method, endpoint.placeOf("method")));
    endpoint
        .table("headers")
        .ifPresent(
            headers ->
                headers
                    .all()
                    .forEach(
                        field ->
                            headers
                                .text(field.key())
                                .ifPresent(it -> request.header(field.key(), it, field.place()))));
    Optional<String> body = endpoint.text("body");
    if (endpoint.isTrue("graphql")) {
      draft.leftOut(
          target, endpoint.placeOf("graphql"), "'graphql': write the body as {\"query\": …}");
    } else {
      body.ifPresent(it -> request.body(it, endpoint.placeOf("body")));
    }
  }

  private static String question(Table dns, String url) {
    String server = url.replaceFirst("^[a-z]+://", "");
    String name = dns.text("query-name").orElse("").replaceFirst("\\.$", "");
    String type = dns.text("query-type").orElse("A");
    return "dns://" + server + "/" + (name.isEmpty() ? "." : name) + "?type=" + type;
  }

  /** The schemes of Gatus as ours. */
  private String address(Table endpoint, Sheet target, String url) {
    if (endpoint.table("grpc").isPresent()) {
      draft.look(
          target, endpoint.placeOf("grpc"), "the health of the server as a whole is asked for");
      boolean plain = url.startsWith("grpc://");
      return (plain ? "grpc://" : "grpcs://") + url.replaceFirst("^[a-z]+://", "");
    }
    endpoint
        .table("ssh")
        .ifPresent(
            ssh ->
                draft.leftOut(
                    target, ssh.place(), "'ssh': nobody signs in; that the server greets is seen"));
    if (url.startsWith("starttls://")) {
      return "smtp://" + url.substring("starttls://".length());
    }
    return url;
  }

  private void external(Table endpoint) {
    if (isOff(endpoint)) {
      return;
    }
    Sheet target = named(endpoint);
    Optional<Table> heartbeat = endpoint.table("heartbeat");
    Optional<Duration> every =
        heartbeat.flatMap(beat -> beat.text("interval")).flatMap(GoText::duration);
    Place place = heartbeat.map(Table::place).orElse(endpoint.place());
    if (every.isEmpty()) {
      draft.leftOut(
          place,
          "external endpoint '"
              + Table.shown(target.read("name").orElse(""))
              + "' has no heartbeat interval, so silence would mean nothing");
      draft.drop(target);
      return;
    }
    new Request(draft, target.at("heartbeat", place)).duration("every", every.get(), place);
    draft.look(
        target,
        endpoint.place(),
        "the job has to POST to /api/v1/heartbeats/" + target.read("name").orElse("") + " now");
    endpoint.ignore("token");
    endpoint.rest(draft, target, "");
  }
}
