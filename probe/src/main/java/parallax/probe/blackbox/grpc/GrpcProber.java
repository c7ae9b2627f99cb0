package parallax.probe.blackbox.grpc;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
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
import parallax.probe.grpc.Health;
import parallax.probe.http.Answer;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;
import parallax.probe.net.AddressText;
import parallax.probe.tls.TlsClient;

/** Asks a gRPC server for the health of a service (grpc.health.v1, Health/Check). */
public final class GrpcProber implements Prober<GrpcModule> {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

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
    HttpUrl url = Health.url(module.tls(), place.host(), port);
    try {
      Answer answer = ask(module, url, found.address(), sight);
      return judge(answer, sight);
    } catch (Unseen unseen) {
      // As gRPC's clients say it of a server that cannot be reached.
      status(samples, Health.UNAVAILABLE);
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
    for (String name : Health.STATUSES) {
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
    List<HttpSpec.Header> metadata = new ArrayList<>();
    for (Header header : module.metadata()) {
      metadata.add(new HttpSpec.Header(header.name(), Files.read(header.value())));
    }
    Outgoing request = Health.question(url, module.service(), metadata, terms.policy());
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
            new Exchange(tools, sight.attempt(), way, request, new Health.Ear(done::complete))
                .start(UnaryOperator.identity()));
  }

  private static boolean judge(Answer answer, Sight sight) {
    Samples samples = sight.samples();
    answer
        .link()
        .tls()
        .ifPresent(
            seen -> {
              samples.set("probe_grpc_ssl", "Indicates if SSL was used for the connection", 1);
              TlsFacts.tell(samples, seen, false);
            });
    Health health = Health.of(answer);
    status(samples, health.effectiveCode());
    healths(samples, health.word());
    if (health.code().isEmpty()) {
      sight.log().error("can't connect grpc server:", "http_status", health.http());
      return false;
    }
    boolean serving = health.serving().filter(number -> number == Health.SERVING).isPresent();
    if (!serving) {
      sight.log().error("can't connect grpc server:", "status", health.code().get());
    }
    return serving;
  }
}
