package parallax.deploy.otlp;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.secret.Secret;

/**
 * Where metrics are sent, by the environment variables that OpenTelemetry names for all programs
 * (its specification's "OpenTelemetry Protocol Exporter" and "Environment Variables").
 *
 * @param endpoint takes requests by POST; may hold a secret
 * @param headers of each request; their values may be secrets
 * @param resource what tells this process from others
 * @param interval from one page to the next
 * @param timeout of a request
 * @param zip whether requests are compressed
 */
public record OtlpSettings(
    Secret endpoint,
    SortedMap<String, Secret> headers,
    SortedMap<String, String> resource,
    Duration interval,
    Duration timeout,
    boolean zip) {
  private static final String ALL = "OTEL_EXPORTER_OTLP_";
  private static final String METRICS = "OTEL_EXPORTER_OTLP_METRICS_";
  private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
  private static final long LEAST_MILLIS = 100;
  private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();

  /** More headers or attributes than this are refused. */
  private static final int MAX_PAIRS = 64;

  public OtlpSettings {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    resource = Collections.unmodifiableSortedMap(new TreeMap<>(resource));
  }

  /**
   * What the environment asks for; empty: nothing.
   *
   * @param service the name of this kind of process where none is given
   * @throws IllegalArgumentException when a variable cannot be used; names it, and no secret
   */
  public static Optional<OtlpSettings> of(
      Map<String, String> environment, String service, String instance, String version) {
    Variables variables = new Variables(environment);
    Optional<String> own = variables.get(METRICS + "ENDPOINT");
    Optional<String> shared = variables.get(ALL + "ENDPOINT");
    boolean off =
        variables.get("OTEL_SDK_DISABLED").filter("true"::equalsIgnoreCase).isPresent()
            || variables.get("OTEL_METRICS_EXPORTER").filter("none"::equals).isPresent();
    if (off || (own.isEmpty() && shared.isEmpty())) {
      return Optional.empty();
    }
    String url = own.orElseGet(() -> shared.orElseThrow().replaceAll("/+$", "") + "/v1/metrics");
    checked(url, own.isPresent() ? METRICS + "ENDPOINT" : ALL + "ENDPOINT");
    variables
        .either("PROTOCOL")
        .filter(protocol -> !protocol.equals("http/protobuf"))
        .ifPresent(
            _ -> {
              throw new IllegalArgumentException(ALL + "PROTOCOL can only be http/protobuf");
            });
    SortedMap<String, Secret> headers = new TreeMap<>();
    pairs(variables.either("HEADERS").orElse(""), ALL + "HEADERS")
        .forEach((name, value) -> headers.put(name, Secret.of(value)));
    SortedMap<String, String> resource = new TreeMap<>();
    resource.put("service.name", service);
    resource.put("service.instance.id", instance);
    resource.put("service.version", version);
    resource.putAll(
        pairs(variables.get("OTEL_RESOURCE_ATTRIBUTES").orElse(""), "OTEL_RESOURCE_ATTRIBUTES"));
    variables.get("OTEL_SERVICE_NAME").ifPresent(name -> resource.put("service.name", name));
    return Optional.of(
        new OtlpSettings(
            Secret.of(url),
            headers,
            resource,
            variables.millis("OTEL_METRIC_EXPORT_INTERVAL").orElse(USUAL_INTERVAL),
            variables
                .millis(METRICS + "TIMEOUT")
                .or(() -> variables.millis(ALL + "TIMEOUT"))
                .orElse(USUAL_TIMEOUT),
            variables.either("COMPRESSION").filter("gzip"::equals).isPresent()));
  }

  private record Variables(Map<String, String> all) {
    Optional<String> get(String name) {
      return Optional.ofNullable(all.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    Optional<String> either(String name) {
      return get(METRICS + name).or(() -> get(ALL + name));
    }

    Optional<Duration> millis(String name) {
      return get(name)
          .map(
              text -> {
                long millis = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
                if (millis < LEAST_MILLIS || millis > MOST_MILLIS) {
                  throw new IllegalArgumentException(
                      name + " must be milliseconds from " + LEAST_MILLIS + " to " + MOST_MILLIS);
                }
                return Duration.ofMillis(millis);
              });
    }
  }

  private static void checked(String url, String variable) {
    try {
      URI uri = URI.create(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below: the message of the exception would show the URL, which may hold a secret.
    }
    throw new IllegalArgumentException(variable + " must be a http or https URL");
  }

  /** Names and values as W3C Baggage writes them, without its properties. */
  private static SortedMap<String, String> pairs(String text, String variable) {
    SortedMap<String, String> pairs = new TreeMap<>();
    for (String pair : text.split(",", MAX_PAIRS + 1)) {
      int equals = pair.indexOf('=');
      if (pair.isBlank()) {
        continue;
      }
      if (equals < 1 || pairs.size() >= MAX_PAIRS) {
        throw new IllegalArgumentException(
            variable + " must be name=value,..., " + MAX_PAIRS + " of them at most");
      }
      String value = pair.substring(equals + 1).strip().replace("+", "%2B");
      try {
        pairs.put(
            pair.substring(0, equals).strip(), URLDecoder.decode(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(variable + " has a value with a broken %");
      }
    }
    return pairs;
  }
}
