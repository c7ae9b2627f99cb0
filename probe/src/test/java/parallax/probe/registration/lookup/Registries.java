package parallax.probe.registration.lookup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parallax.config.check.ServerAddress;
import parallax.probe.check.Deadline;
import parallax.probe.fixture.FixedResolver;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.courtesy.Heard;
import parallax.probe.registration.courtesy.Pace;
import parallax.probe.registration.courtesy.Permission.Postponed;
import parallax.probe.registration.keep.PublicLists;
import parallax.probe.registration.lookup.line.Reach;

/** A lookup wired for a test, and a gate that lets everything through and writes it down. */
final class Registries implements AutoCloseable, Gate {
  static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final PublicLists LISTS = PublicLists.in(Optional.empty());
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final RegistrationLookup lookup;
  private final List<String> asked = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();

  Registries(NetworkPolicy policy, int ianaPort) {
    Reach reach =
        new Reach(
            new FixedResolver(
                Map.of(
                    "rdap.test", List.of("127.0.0.1"),
                    "registrar.test", List.of("127.0.0.1"),
                    "whois.test", List.of("127.0.0.1"))),
            policy);
    this.lookup =
        new RegistrationLookup(
            vertx,
            reach,
            new RegistrationLookup.Settings(
                () -> NOW,
                new HttpClientOptions(),
                "Parallax/test",
                new RegistrationLookup.Registries.World(
                    Optional.empty(), Optional.empty(), new ServerAddress("whois.test", ianaPort)),
                LISTS),
            () -> 0.5);
  }

  Registries() {
    this(NetworkPolicy.forOperator(List.of(), List.of()), 43);
  }

  Looked rdap(String domain, String suffix, int port, Duration timeout) {
    URI base = URI.create("http://rdap.test:" + port + "/base");
    return look(new Wanted(domain, suffix, Optional.of(base), Optional.empty()), timeout);
  }

  Looked whois(String domain, String suffix, int port, Duration timeout) {
    ServerAddress server = new ServerAddress("whois.test", port);
    return look(new Wanted(domain, suffix, Optional.empty(), Optional.of(server)), timeout);
  }

  Looked look(Wanted wanted, Duration timeout) {
    Future<Looked> looking =
        lookup.look(wanted, this, Deadline.startingNow(System::nanoTime, timeout));
    return looking
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Override
  public synchronized Optional<Postponed> ask(String host, Pace pace) {
    asked.add(host + " " + pace.every().toSeconds());
    return Optional.empty();
  }

  @Override
  public synchronized void heard(String host, Heard what) {
    heard.add(what);
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
