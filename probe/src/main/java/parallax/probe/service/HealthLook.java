package parallax.probe.service;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.probe.grpc.Health;
import parallax.probe.http.Answer;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;
import parallax.probe.net.Attempt;
import parallax.probe.service.talk.Quote;
import parallax.probe.tls.TlsClient;

/**
 * Asks a server of gRPC for the health of a service, over HTTP/2: in clear with prior knowledge
 * (RFC 9113 section 3.3), or by TLS and ALPN.
 */
final class HealthLook {
  private static final List<String> CODES =
      List.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");

  private final Exchange.Tools tools;
  private final Attempt attempt;
  private final ServiceSpec spec;
  private final BiConsumer<String, Optional<Finding>> fine;

  /**
   * @param fine called when the service is healthy, with what was seen and what makes it degraded
   */
  HealthLook(
      Exchange.Tools tools,
      Attempt attempt,
      ServiceSpec spec,
      BiConsumer<String, Optional<Finding>> fine) {
    this.tools = tools;
    this.attempt = attempt;
    this.spec = spec;
    this.fine = fine;
  }

  void start(Protocol.Grpc wanted, TlsClient.Trust trust) {
    HttpUrl url =
        Health.url(spec.security() == Security.TLS, spec.server().host(), spec.server().port());
    List<HttpSpec.Header> metadata =
        wanted.metadata().stream()
            .map(field -> new HttpSpec.Header(field.name(), field.value()))
            .toList();
    Outgoing question = Health.question(url, wanted.service(), metadata, spec.tls());
    Exchange.Way way =
        new Exchange.Way(
            HttpSpec.Version.HTTP_2,
            Optional.empty(),
            spec.naming(),
            trust,
            TlsClient.Leniency.NONE,
            Optional.empty());
    new Exchange(tools, attempt, way, question, new Health.Ear(this::answered))
        .start(HealthLook::worded);
  }

  /** What goes wrong with the exchange, as it is told of services. */
  private static Finding worded(Finding finding) {
    Reason reason =
        switch (finding.reason()) {
          case HTTP_TIMEOUT, HTTP_BODY_TIMEOUT -> Reason.SERVICE_TIMEOUT;
          case HTTP_CLOSED -> Reason.SERVICE_CLOSED;
          case HTTP_RESET -> Reason.SERVICE_RESET;
          case HTTP_MALFORMED -> Reason.SERVICE_GARBAGE;
          case HTTP_HEADERS_TOO_LARGE -> Reason.SERVICE_TOO_LONG;
          default -> finding.reason();
        };
    return new Finding(reason, finding.detail());
  }

  private void answered(Answer answer) {
    Health health = Health.of(answer);
    Optional<Finding> wrong = wrong(health);
    if (wrong.isPresent()) {
      attempt.reached(wrong.get().reason().layer().orElse(Layer.HTTP));
      attempt.failed(wrong.get());
    } else {
      fine.accept(health.word().orElse(""), answer.link().warning());
    }
  }

  /** What is wrong with an answer. */
  private static Optional<Finding> wrong(Health health) {
    if (health.code().isEmpty()) {
      return Optional.of(
          health.http() == 200
              ? new Finding(
                  Reason.SERVICE_GARBAGE,
                  health.isGrpc() ? "an answer without a status" : "an answer that is not gRPC")
              : new Finding(byCode(health.effectiveCode()), "HTTP status " + health.http()));
    }
    int code = health.code().get();
    if (code != Health.OK) {
      String words = health.message().isEmpty() ? "" : ": " + Quote.of(health.words());
      return Optional.of(new Finding(byCode(code), name(code) + words));
    }
    if (health.serving().isEmpty()) {
      return Optional.of(new Finding(Reason.SERVICE_GARBAGE, "no health in the answer"));
    }
    return health.serving().get() == Health.SERVING
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Reason.SERVICE_NOT_READY,
                health.word().orElseGet(() -> "status " + health.serving().get())));
  }

  private static String name(int code) {
    return code < CODES.size() ? CODES.get(code) : "status " + code;
  }

  /** What the status of a call means. */
  private static Reason byCode(int code) {
    return switch (name(code)) {
      case "DEADLINE_EXCEEDED" -> Reason.SERVICE_TIMEOUT;
      // The health of this service is not known, or that of none.
      case "NOT_FOUND", "UNIMPLEMENTED" -> Reason.SERVICE_LACKS;
      case "PERMISSION_DENIED" -> Reason.SERVICE_REFUSES;
      case "RESOURCE_EXHAUSTED" -> Reason.SERVICE_FULL;
      case "UNAVAILABLE" -> Reason.SERVICE_NOT_READY;
      case "UNAUTHENTICATED" -> Reason.SERVICE_LOGIN;
      default -> Reason.SERVICE_ERROR;
    };
  }
}
