package parallax.probe.openid;

import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import parallax.config.check.HttpSpec;
import parallax.config.check.HttpSpec.Header;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.config.secret.Secret;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.http.Answer;
import parallax.probe.http.HttpCheck;
import parallax.probe.journey.PartLog;
import parallax.probe.net.NetworkPolicy;

/**
 * Fetches a provider's metadata, judges them, then fetches its keys and judges these. Whoever signs
 * in needs both, so a provider is down when either is not to be had.
 */
public final class OpenidCheck implements Check<HttpSpec.Openid> {
  /** OpenID Connect Discovery 1.0 section 4. */
  static final String WELL_KNOWN = "/.well-known/openid-configuration";

  private final HttpCheck http;

  public OpenidCheck(HttpCheck http) {
    this.http = http;
  }

  @Override
  public Future<CheckResult> run(HttpSpec.Openid spec, Deadline deadline) {
    return new Run(spec, deadline).start();
  }

  /** One run. */
  private final class Run {
    private final HttpSpec.Openid spec;
    private final Deadline deadline;
    private final PartLog log = new PartLog();

    Run(HttpSpec.Openid spec, Deadline deadline) {
      this.spec = spec;
      this.deadline = deadline;
    }

    Future<CheckResult> start() {
      String issuer = spec.issuer().toString();
      String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
      Reader<Metadata> reader =
          new Reader<>(NetworkPolicy.Hop.CONFIGURED, text -> Metadata.read(text, issuer));
      return fetch("metadata", URI.create(base + WELL_KNOWN), reader)
          .compose(
              first ->
                  reader
                      .read
                      .map(metadata -> keys(metadata, reader.next, first))
                      .orElseGet(() -> Future.succeededFuture(ended("metadata", first))));
    }

    private Future<CheckResult> keys(Metadata metadata, NetworkPolicy.Hop hop, CheckResult first) {
      Reader<Integer> reader = new Reader<>(hop, text -> Keys.judge(text, metadata.algorithms()));
      return fetch("keys", metadata.keys(), reader)
          .map(
              second -> {
                Facts facts = isBad(second) ? second.facts() : first.facts();
                CheckResult both =
                    new CheckResult(
                        second.layer(),
                        second.outcome(),
                        sum(first.timings(), second.timings()),
                        facts);
                boolean warned = second.outcome() instanceof Outcome.Up;
                return warned
                    ? ended(
                        "metadata",
                        new CheckResult(
                            first.outcome() instanceof Outcome.Up ? both.layer() : first.layer(),
                            first.outcome(),
                            both.timings(),
                            facts))
                    : ended("keys", both);
              });
    }

    private Future<CheckResult> fetch(String name, URI url, Reader<?> reader) {
      Duration start = deadline.elapsed();
      HttpSpec request =
          new HttpSpec(
              url,
              "GET",
              List.of(new Header("Accept", Secret.of("application/json"))),
              Optional.empty(),
              HttpExpect.DEFAULT,
              new HttpCredentials.None(),
              spec.version(),
              HttpSpec.DEFAULT_REDIRECTS,
              isHome(url) ? spec.tls() : spec.tls().elsewhere(),
              spec.proxy(),
              spec.naming(),
              spec.timeout());
      return http.run(request, deadline.part(deadline.left()), reader)
          .map(
              result -> {
                log.add(name, start, result, Optional.empty());
                return result;
              });
    }

    private boolean isHome(URI url) {
      return url.getRawAuthority() != null
          && url.getRawAuthority().equalsIgnoreCase(spec.issuer().getRawAuthority());
    }

    private CheckResult ended(String name, CheckResult result) {
      Facts facts = result.facts().withParts(log.seen());
      return switch (result.outcome()) {
        case Outcome.Up _ -> CheckResult.up(result.layer(), result.timings(), facts);
        case Outcome.Degraded(Finding finding) ->
            new CheckResult(
                result.layer(),
                new Outcome.Degraded(named(name, finding)),
                result.timings(),
                facts);
        case Outcome.Down(Finding finding) ->
            new CheckResult(
                result.layer(), new Outcome.Down(named(name, finding)), result.timings(), facts);
        case Outcome.Inconclusive _ ->
            new CheckResult(result.layer(), result.outcome(), result.timings(), facts);
      };
    }
  }

  private static Finding named(String name, Finding finding) {
    return new Finding(
        finding.reason(), finding.detail().isEmpty() ? name : name + ": " + finding.detail());
  }

  private static boolean isBad(CheckResult result) {
    return switch (result.outcome()) {
      case Outcome.Up _, Outcome.Degraded _ -> false;
      case Outcome.Down _, Outcome.Inconclusive _ -> true;
    };
  }

  private static Timings sum(Timings first, Timings second) {
    Timings sum = first;
    for (Map.Entry<Phase, Duration> phase : second.phases().entrySet()) {
      sum = sum.plus(phase.getKey(), phase.getValue());
    }
    return sum;
  }

  /** What was read of an answer, or what is wrong with it. */
  sealed interface Judged<T> {
    record Good<T>(T value) implements Judged<T> {}

    record Bad<T>(Finding finding) implements Judged<T> {}
  }

  /** Reads one answer. */
  private static final class Reader<T> implements HttpCheck.Companion {
    private final NetworkPolicy.Hop hop;
    private final Function<String, Judged<T>> judge;
    private Optional<T> read = Optional.empty();
    private NetworkPolicy.Hop next = NetworkPolicy.Hop.REDIRECTED_BY_PUBLIC;

    Reader(NetworkPolicy.Hop hop, Function<String, Judged<T>> judge) {
      this.hop = hop;
      this.judge = judge;
    }

    @Override
    public NetworkPolicy.Hop hop() {
      return hop;
    }

    @Override
    public boolean wantsContent(Answer.Head head) {
      return true;
    }

    @Override
    public Optional<Finding> judge(HttpCheck.Page page) {
      next = page.next();
      return switch (judge.apply(page.body().text(page.charset()))) {
        case Judged.Good<T>(T value) -> {
          read = Optional.of(value);
          yield Optional.empty();
        }
        case Judged.Bad<T>(Finding finding) -> Optional.of(finding);
      };
    }
  }
}
