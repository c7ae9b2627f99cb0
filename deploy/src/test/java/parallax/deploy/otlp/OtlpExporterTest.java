package parallax.deploy.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector gets, read by the classes that OpenTelemetry publishes. */
@Timeout(60)
final class OtlpExporterTest {
  private static final Instant START = Instant.parse("2026-03-01T11:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.25Z");
  private static final String PAGE =
      """
      # HELP parallax_target_up 1 when up.
      # TYPE parallax_target_up gauge
      parallax_target_up{target="shop"} 1
      parallax_target_up{target="odd \\"\\\\\\n{},= name",more="ü"} 0.5
      # HELP parallax_checks_total Checks.
      # TYPE parallax_checks_total counter
      parallax_checks_total{check="http"} 12
      # HELP parallax_check_duration_seconds How long.
      # TYPE parallax_check_duration_seconds histogram
      parallax_check_duration_seconds_bucket{target="a",le="0.05"} 1
      parallax_check_duration_seconds_bucket{target="a",le="1.0"} 4
      parallax_check_duration_seconds_bucket{target="a",le="+Inf"} 5
      parallax_check_duration_seconds_sum{target="a"} 6.5
      parallax_check_duration_seconds_count{target="a"} 5
      parallax_check_duration_seconds_bucket{target="b",le="+Inf"} 2
      parallax_check_duration_seconds_sum{target="b"} 0.25
      parallax_check_duration_seconds_count{target="b"} 2
      # TYPE parallax_decision_seconds summary
      parallax_decision_seconds{quantile="0.5"} 0.125
      parallax_decision_seconds_count 3
      parallax_decision_seconds_sum 0.5
      # TYPE parallax_bare gauge
      parallax_bare NaN
      """;

  private final BlockingQueue<ExportMetricsServiceRequest> taken = new LinkedBlockingQueue<>(100);
  private final Map<String, String> environment = new HashMap<>();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> headers = new ArrayList<>();
  private HttpServer collector;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    collector.createContext("/v1/metrics", this::take);
    collector.start();
    environment.put(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort());
    environment.put("OTEL_METRIC_EXPORT_INTERVAL", "100");
  }

  @AfterEach
  void stop() {
    collector.stop(0);
    registry.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      headers.add(exchange.getRequestMethod() + " " + exchange.getRequestHeaders().entrySet());
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      try (InputStream body =
          zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(body);
        exchange.sendResponseHeaders(status, -1);
        taken.offer(request);
      }
    }
  }

  private static Supplier<Optional<Buffer>> parts(String page, int size) {
    List<Buffer> parts = new ArrayList<>();
    Buffer whole = Buffer.buffer(page);
    for (int at = 0; at < whole.length(); at += size) {
      parts.add(whole.getBuffer(at, Math.min(whole.length(), at + size)));
    }
    return () -> parts.isEmpty() ? Optional.empty() : Optional.of(parts.removeFirst());
  }

  private ExportMetricsServiceRequest sent() throws InterruptedException {
    OtlpSettings settings = OtlpSettings.of(environment, "parallax", "one", "1.2.3").orElseThrow();
    InstantSource clock = InstantSource.fixed(NOW);
    try (OtlpExporter exporter =
        OtlpExporter.start(settings, () -> parts(PAGE, 7), registry, clock)) {
      assertThat(exporter).isNotNull();
      return Optional.ofNullable(taken.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }
  }

  private static Map<String, Metric> metrics(ExportMetricsServiceRequest request) {
    Map<String, Metric> found = new TreeMap<>();
    request.getResourceMetricsList().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .forEach(metric -> found.put(metric.getName(), metric));
    return found;
  }

  private static Metric named(Map<String, Metric> metrics, String name) {
    return Optional.ofNullable(metrics.get(name)).orElseThrow();
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> found = new TreeMap<>();
    attributes.forEach(each -> found.put(each.getKey(), each.getValue().getStringValue()));
    return found;
  }

  @Test
  void everyTypeArrivesAsWhatItIs() throws Exception {
    Map<String, Metric> metrics = metrics(sent());
    assertThat(metrics.keySet())
        .containsExactly(
            "parallax_bare",
            "parallax_check_duration_seconds",
            "parallax_checks_total",
            "parallax_decision_seconds",
            "parallax_target_up");

    Metric up = named(metrics, "parallax_target_up");
    assertThat(up.getDescription()).isEqualTo("1 when up.");
    assertThat(up.getGauge().getDataPointsList())
        .extracting(NumberDataPoint::getAsDouble)
        .containsExactly(1.0, 0.5);
    assertThat(texts(up.getGauge().getDataPoints(1).getAttributesList()))
        .containsExactly(Map.entry("more", "ü"), Map.entry("target", "odd \"\\\n{},= name"));
    assertThat(up.getGauge().getDataPoints(0).getTimeUnixNano())
        .isEqualTo(NOW.getEpochSecond() * 1_000_000_000 + NOW.getNano());

    Metric checks = named(metrics, "parallax_checks_total");
    assertThat(checks.getSum().getIsMonotonic()).isTrue();
    assertThat(checks.getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    assertThat(checks.getSum().getDataPoints(0).getAsDouble()).isEqualTo(12);
    assertThat(checks.getSum().getDataPoints(0).getStartTimeUnixNano()).isPositive();

    List<HistogramDataPoint> points =
        named(metrics, "parallax_check_duration_seconds").getHistogram().getDataPointsList();
    assertThat(points).hasSize(2);
    assertThat(points.getFirst().getExplicitBoundsList()).containsExactly(0.05, 1.0);
    assertThat(points.getFirst().getBucketCountsList()).containsExactly(1L, 3L, 1L);
    assertThat(points.getFirst().getCount()).isEqualTo(5);
    assertThat(points.getFirst().getSum()).isEqualTo(6.5);
    assertThat(texts(points.getFirst().getAttributesList())).containsEntry("target", "a");
    assertThat(points.getLast().getExplicitBoundsList()).isEmpty();
    assertThat(points.getLast().getBucketCountsList()).containsExactly(2L);

    var decision = named(metrics, "parallax_decision_seconds").getSummary().getDataPoints(0);
    assertThat(decision.getCount()).isEqualTo(3);
    assertThat(decision.getSum()).isEqualTo(0.5);
    assertThat(decision.getQuantileValues(0).getQuantile()).isEqualTo(0.5);
    assertThat(decision.getQuantileValues(0).getValue()).isEqualTo(0.125);
    assertThat(named(metrics, "parallax_bare").getGauge().getDataPoints(0).getAsDouble()).isNaN();
  }

  @Test
  void resourceHeadersAndCompressionAreAsTheEnvironmentSays() throws Exception {
    environment.put("OTEL_SERVICE_NAME", "mine");
    environment.put("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=prod,team=a%20b");
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "X-Key=se%3Dcret");
    environment.put("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
    ExportMetricsServiceRequest request = sent();
    assertThat(texts(request.getResourceMetrics(0).getResource().getAttributesList()))
        .containsExactly(
            Map.entry("deployment.environment", "prod"),
            Map.entry("service.instance.id", "one"),
            Map.entry("service.name", "mine"),
            Map.entry("service.version", "1.2.3"),
            Map.entry("team", "a b"));
    assertThat(headers.getFirst())
        .startsWith("POST ")
        .contains("X-key=[se=cret]", "Content-type=[application/x-protobuf]");
    assertThat(OtlpSettings.of(environment, "a", "b", "c").orElseThrow().toString())
        .doesNotContain("se=cret", "127.0.0.1");
  }

  @Test
  void aCollectorThatRefusesIsAskedAgainAtTheNextInterval() throws Exception {
    status = 503;
    OtlpSettings settings = OtlpSettings.of(environment, "parallax", "one", "1.2.3").orElseThrow();
    InstantSource clock = InstantSource.fixed(NOW);
    try (OtlpExporter exporter =
        OtlpExporter.start(settings, () -> parts(PAGE, 1 << 20), registry, clock)) {
      assertThat(exporter).isNotNull();
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(registry.get("parallax.otlp.requests").tag("outcome", "failed").functionCounter())
        .satisfies(counter -> assertThat(counter.count()).isPositive());
    assertThat(registry.get("parallax.otlp.requests").tag("outcome", "delivered").functionCounter())
        .satisfies(counter -> assertThat(counter.count()).isZero());
  }

  @Test
  void aLargePageIsSentInRequestsOfBoundedSizeAndNothingIsLost() throws Exception {
    StringBuilder page = new StringBuilder("# TYPE h histogram\n");
    int points = 12_345;
    for (int i = 0; i < points; i++) {
      String labels = "{target=\"" + i + "\"";
      page.append("h_bucket").append(labels).append(",le=\"+Inf\"} 1\n");
      page.append("h_sum").append(labels).append("} 1\nh_count").append(labels).append("} 1\n");
    }
    page.append("# TYPE g gauge\n");
    for (int i = 0; i < points; i++) {
      page.append("g{target=\"").append(i).append("\"} 1\n");
    }
    Requests requests = new Requests(parts(page.toString(), 10_000), new TreeMap<>(), START, NOW);
    List<Integer> sizes = new ArrayList<>();
    int found = 0;
    for (Optional<byte[]> each = requests.next(); each.isPresent(); each = requests.next()) {
      int size = 0;
      for (Metric metric : metrics(ExportMetricsServiceRequest.parseFrom(each.get())).values()) {
        size += metric.getHistogram().getDataPointsCount() + metric.getGauge().getDataPointsCount();
      }
      sizes.add(size);
      found += size;
    }
    assertThat(found).isEqualTo(2 * points);
    assertThat(sizes).hasSize(5).allMatch(size -> size <= Requests.MAX_POINTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "#", "a", "a{", "a{b", "a{b=\"", "a{b=\"c\"}", "a{b=\"\\", "a x", "{}"})
  void whatIsNoLineIsPassedOver(String line) {
    assertThat(Line.read(line)).isEmpty();
  }

  @Test
  void nothingIsSentUnlessItIsAskedFor() {
    environment.put("OTEL_METRICS_EXPORTER", "none");
    assertThat(OtlpSettings.of(environment, "a", "b", "c")).isEmpty();
    assertThat(OtlpSettings.of(Map.of(), "a", "b", "c")).isEmpty();
    assertThat(
            OtlpSettings.of(
                Map.of("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "https://e.example/x"),
                "a",
                "b",
                "c"))
        .hasValueSatisfying(
            settings -> {
              assertThat(settings.endpoint().reveal()).isEqualTo("https://e.example/x");
              assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(1));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, ftp://secret.example",
    "OTEL_EXPORTER_OTLP_ENDPOINT, secret space",
    "OTEL_EXPORTER_OTLP_PROTOCOL, grpc",
    "OTEL_METRIC_EXPORT_INTERVAL, soon",
    "OTEL_METRIC_EXPORT_INTERVAL, 1",
    "OTEL_EXPORTER_OTLP_TIMEOUT, -1",
    "OTEL_EXPORTER_OTLP_HEADERS, secret",
    "OTEL_EXPORTER_OTLP_HEADERS, a=secret%zz"
  })
  void aVariableThatCannotBeUsedIsNamedWithoutItsValue(String name, String value) {
    environment.put(name, value);
    assertThatThrownBy(() -> OtlpSettings.of(environment, "a", "b", "c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("secret");
  }
}
