package parallax.probe.blackbox.grpc;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.blackbox.look.Dial;
import parallax.probe.blackbox.look.Files;
import parallax.probe.blackbox.look.HostPort;
import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Samples;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.TlsFacts;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.GrpcModule;
import parallax.probe.blackbox.module.HttpClientSettings.Header;
import parallax.probe.blackbox.module.TlsSettings;
import parallax.probe.http.Answer;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;
import parallax.probe.net.AddressText;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.TlsClient;

/** Asks a gRPC server for the health of a service (grpc.health.v1, Health/Check). */
public final class GrpcProber implements Prober<GrpcModule> {
  private static final String PATH = "/grpc.health.v1.Health/Check";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Status codes of gRPC. */
  private static final int UNKNOWN = 2;

  private static final int UNAVAILABLE = 14;
  private static final int SERVING = 1;
  private static final int FRAME_HEAD = 5;
  private static final List<String> STATUSES =
      List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

  private final Exchange.Tools tools;

  public GrpcProber(Exchange.Tools tools) {
    this.tools = tools;
  }

  @Override
  public boolean probe(GrpcModule module, String target, Sight sight) throws Unseen {
    Samples samples = sight.samples();
    phase(samples, "resolve", Duration.ZERO);
    samples.set("probe_grpc_ssl", "Indicates if SSL was used for the connection", 0);
    status(samples, 0);
    HostPort place = HostPort.of(target.replaceFirst("^https?://", "").replaceFirst("/.*", ""));
    Sight.Found found = sight.resolve(place.host(), module.ip());
    phase(samples, "resolve", found.took());
    long started = sight.deadline().clock().nanos();
    int port = place.port().orElse(module.tls() ? HTTPS : HTTP);
    HttpUrl url = new HttpUrl(module.tls(), place.host(), port, PATH);
    try {
      Answer answer = ask(module, url, found.address(), sight);
      return judge(answer, sight);
    } catch (Unseen unseen) {
      // As gRPC's clients say it of a server that cannot be reached.
      status(samples, UNAVAILABLE);
      healths(samples, Optional.empty());
      throw unseen;
    } finally {
      phase(samples, "check", Duration.ofNanos(sight.deadline().clock().nanos() - started));
    }
  }

  private static void phase(Samples samples, String phase, Duration time) {
    samples.set(
        "probe_grpc_duration_seconds",
        "Duration of gRPC request by phase",
        "phase",
        phase,
        Sight.seconds(time));
  }

  private static void status(Samples samples, int code) {
    samples.set("probe_grpc_status_code", "Response gRPC status code", code);
  }

  private static void healths(Samples samples, Optional<String> health) {
    for (String name : STATUSES) {
      samples.set(
          "probe_grpc_healthcheck_response",
          "Response HealthCheck response",
          "serving_status",
          name,
          health.filter(name::equals).isPresent() ? 1 : 0);
    }
  }

  private Answer ask(GrpcModule module, HttpUrl url, InetAddress to, Sight sight) throws Unseen {
    TlsSettings settings = module.settings();
    TlsClient.Terms terms = Dial.terms(sight, url.host(), settings, List.of());
    List<HttpSpec.Header> headers = new ArrayList<>();
    headers.add(new HttpSpec.Header("content-type", Secret.of("application/grpc")));
    headers.add(new HttpSpec.Header("te", Secret.of("trailers")));
    for (Header header : module.metadata()) {
      headers.add(new HttpSpec.Header(header.name(), Files.read(header.value())));
    }
    Outgoing request =
        new Outgoing(
            url,
            "POST",
            headers,
            Optional.of(Secret.of(message(module.service()))),
            Optional.empty(),
            terms.policy(),
            NetworkPolicy.Hop.CONFIGURED);
    Exchange.Way way =
        new Exchange.Way(
            HttpSpec.Version.HTTP_2,
            Optional.empty(),
            Naming.SYSTEM,
            terms.trust(),
            TlsFacts.leniency(settings),
            Optional.of(new ServerAddress(AddressText.of(to), url.port())));
    return sight.await(
        done ->
            new Exchange(tools, sight.attempt(), way, request, new Ear(done::complete))
                .start(UnaryOperator.identity()));
  }

  /** A frame with HealthCheckRequest{service = 1}. Every byte is ASCII: the name is at most 120. */
  private static String message(String service) {
    String message = service.isEmpty() ? "" : "\n" + (char) service.length() + service;
    return "\0\0\0\0" + (char) message.length() + message;
  }

  private static boolean judge(Answer answer, Sight sight) throws Unseen {
    Samples samples = sight.samples();
    answer
        .link()
        .tls()
        .ifPresent(
            seen -> {
              samples.set("probe_grpc_ssl", "Indicates if SSL was used for the connection", 1);
              TlsFacts.tell(samples, seen, false);
            });
    Optional<Integer> code = code(answer.trailers()).or(() -> code(answer.head().headers()));
    if (answer.head().status() != 200 || code.isEmpty()) {
      status(samples, answer.head().status() == 200 ? UNKNOWN : fromHttp(answer.head().status()));
      healths(samples, Optional.empty());
      sight.log().error("can't connect grpc server:", "http_status", answer.head().status());
      return false;
    }
    status(samples, code.get());
    Optional<Integer> health = code.get() == 0 ? health(bytes(answer)) : Optional.empty();
    healths(samples, health.filter(number -> number < STATUSES.size()).map(STATUSES::get));
    boolean serving = health.filter(number -> number == SERVING).isPresent();
    if (!serving) {
      sight.log().error("can't connect grpc server:", "status", code.get());
    }
    return serving;
  }

  private static Optional<Integer> code(HttpHeaders headers) {
    return Optional.ofNullable(headers.get("grpc-status"))
        .filter(text -> text.matches("[0-9]{1,3}"))
        .map(Integer::valueOf);
  }

  /** The mapping of gRPC's specification for answers that are not gRPC. */
  private static int fromHttp(int status) {
    return switch (status) {
      case 400 -> 13;
      case 401 -> 16;
      case 403 -> 7;
      case 404 -> 12;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> UNKNOWN;
    };
  }

  private static byte[] bytes(Answer answer) throws Unseen {
    try {
      return answer.body().isEmpty() ? new byte[0] : answer.body().get().open().readAllBytes();
    } catch (IOException impossible) {
      throw Sight.unseen(Reason.PROBE_INTERNAL_ERROR, "a body in memory");
    }
  }

  /** Field 1 of HealthCheckResponse; 0 where it is left out. */
  private static Optional<Integer> health(byte[] frame) {
    if (frame.length < FRAME_HEAD || frame[0] != 0) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
    if (length < 0 || length > frame.length - FRAME_HEAD) {
      return Optional.empty();
    }
    boolean field = length >= 2 && frame[FRAME_HEAD] == 0x08 && frame[FRAME_HEAD + 1] >= 0;
    return Optional.of(field ? (int) frame[FRAME_HEAD + 1] : 0);
  }

  /** Takes the answer with its body and trailers. */
  private record Ear(java.util.function.Consumer<Answer> whenAnswered) implements Answer.Listener {
    @Override
    public boolean wantsBody(Answer.Head head) {
      return true;
    }

    @Override
    public boolean keepsBody(Answer.Head head) {
      return true;
    }

    @Override
    public void answered(Answer answer) {
      whenAnswered.accept(answer);
    }
  }
}
