package parallax.coordinator.api.scrape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.target.Target;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.TargetView;

/**
 * What there is to scrape, as Prometheus' HTTP service discovery has it: an array of {@code
 * {"targets": [...], "labels": {...}}}. Labels begin with {@code __meta_parallax_}, so that nothing
 * is kept that no relabelling asks for; but for what Prometheus needs to find a page.
 */
public final class Discovery {
  public static final String PATH = "/api/v1/discovery/prometheus";

  /** Where a probe has its page unless told otherwise. */
  private static final int PROBE_PORT = 9115;

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 65_535;
  private static final String META = "__meta_parallax_";
  private static final Map<String, String> MODULES =
      Map.of("http", "http_2xx", "https", "http_2xx", "tcp", "tcp_connect", "icmp", "icmp");

  private final Overview overview;
  private final JsonFactory factory = new JsonFactory();

  public Discovery(Overview overview) {
    this.overview = overview;
  }

  private enum Role {
    /** The pages of probes. */
    PROBE,
    /** What a prober can be asked for. */
    TARGET,
    /** The pages of coordinators. */
    COORDINATOR
  }

  /** What the parameter {@code role} asks for: {@code probe}, unless said otherwise. */
  public Reply answer(Request request) throws Request.Unusable {
    Role role = request.word("role", Role.values(), Role::name).orElse(Role.PROBE);
    int port = port(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartArray();
      switch (role) {
        case PROBE -> probes(json, port);
        case TARGET -> targets(json);
        case COORDINATOR -> coordinators(json);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new Reply(200, Reply.JSON, Map.of(), Buffer.buffer(bytes.toByteArray()));
  }

  private static int port(Request request) throws Request.Unusable {
    Optional<String> text = request.parameter("port");
    if (text.isEmpty()) {
      return PROBE_PORT;
    }
    try {
      int port = Integer.parseInt(text.get());
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new Request.Unusable("port must be a number from 1 to " + MAX_PORT);
    }
    throw new Request.Unusable("port must be a number from 1 to " + MAX_PORT);
  }

  /** Those that are connected, from where they are. */
  private void probes(JsonGenerator json, int port) throws IOException {
    for (ProbeConnection stream :
        ProbeConnection.byProbe(
                overview.connections().stream().filter(each -> !each.isGone()).toList())
            .values()) {
      if (stream.address().isEmpty()) {
        continue;
      }
      String host = stream.address().get();
      SortedMap<String, String> labels = new TreeMap<>();
      labels.put("probe", stream.vantage().probe().value());
      labels.put("region", stream.vantage().region().value());
      stream.vantage().asn().ifPresent(asn -> labels.put("asn", Long.toString(asn)));
      labels.put("coordinator", stream.coordinator());
      group(json, (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port, labels);
    }
  }

  /** Those that are present, where the others reach them. */
  private void coordinators(JsonGenerator json) throws IOException {
    for (Overview.Member member : overview.members()) {
      URI page = member.page();
      if (page.getHost() == null || page.getScheme() == null) {
        continue;
      }
      boolean secure = page.getScheme().equalsIgnoreCase("https");
      int usual = secure ? HTTPS_PORT : HTTP_PORT;
      String path = Optional.ofNullable(page.getRawPath()).orElse("").replaceAll("/+$", "");
      SortedMap<String, String> labels = new TreeMap<>();
      labels.put("__scheme__", secure ? "https" : "http");
      labels.put("__metrics_path__", path + Metrics.PATH);
      labels.put(META + "coordinator", member.name());
      labels.put(META + "leads", Boolean.toString(member.leads()));
      labels.put(META + "version", member.version());
      int port = page.getPort() < 0 ? usual : page.getPort();
      write(json, page.getHost() + ":" + port, labels);
    }
  }

  private void targets(JsonGenerator json) throws IOException {
    for (TargetView view : overview.snapshot().targets()) {
      Target target = view.target();
      Optional<URI> url = target.url();
      if (url.isEmpty() || url.get().getScheme() == null) {
        continue;
      }
      String scheme = url.get().getScheme().toLowerCase(Locale.ROOT);
      Optional<String> module = Optional.ofNullable(MODULES.get(scheme));
      if (module.isEmpty()) {
        continue;
      }
      SortedMap<String, String> labels = new TreeMap<>();
      labels.put("target", target.name().value());
      labels.put("scheme", scheme);
      labels.put("module", module.get());
      target.labels().forEach((key, value) -> labels.put("label_" + key, value));
      String address =
          scheme.startsWith("http") ? url.get().toString() : url.get().getRawAuthority();
      group(json, address, labels);
    }
  }

  private static void group(JsonGenerator json, String target, SortedMap<String, String> labels)
      throws IOException {
    SortedMap<String, String> meta = new TreeMap<>();
    labels.forEach((name, value) -> meta.put(META + name, value));
    write(json, target, meta);
  }

  private static void write(JsonGenerator json, String target, SortedMap<String, String> labels)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("targets");
    json.writeString(target);
    json.writeEndArray();
    json.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
