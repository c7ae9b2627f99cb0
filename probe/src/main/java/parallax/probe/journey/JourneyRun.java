package parallax.probe.journey;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.check.journey.JourneyStep;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.http.Answer;
import parallax.probe.http.HttpCheck;
import parallax.probe.http.HttpUrl;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.suffix.PublicSuffixes;

/** One run of a journey. The steps follow each other, so nothing happens twice at once. */
final class JourneyRun {
  private final HttpCheck http;
  private final HttpSpec.Journey spec;
  private final Deadline deadline;
  private final CookieJar jar;
  private final Values values = new Values();
  private final StepRequest requests;
  private final PartLog log = new PartLog();
  private Timings timings = Timings.NONE;
  private Facts facts = Facts.NONE;
  private Layer deepest = Layer.DNS;
  private Optional<Finding> warning = Optional.empty();

  JourneyRun(HttpCheck http, PublicSuffixes suffixes, HttpSpec.Journey spec, Deadline deadline) {
    this.http = http;
    this.spec = spec;
    this.deadline = deadline;
    this.jar = new CookieJar(suffixes);
    this.requests = new StepRequest(spec, values);
  }

  Future<CheckResult> start() {
    return step(0);
  }

  private Future<CheckResult> step(int index) {
    if (index == spec.steps().size()) {
      return Future.succeededFuture(passed());
    }
    JourneyStep step = spec.steps().get(index);
    if (deadline.hasPassed()) {
      return ended(
          index, CheckResult.failed(Reason.HTTP_TIMEOUT, "no time left", deepest, timings, facts));
    }
    Duration patience = step.timeout().orElse(spec.timeout());
    return switch (requests.make(step, patience)) {
      case StepRequest.Refused(Finding finding) ->
          ended(
              index,
              CheckResult.failed(
                  finding.reason(), finding.detail(), deepest, Timings.NONE, Facts.NONE));
      case StepRequest.Request(HttpSpec request, NetworkPolicy.Hop hop) -> {
        Duration start = deadline.elapsed();
        yield http.run(request, deadline.part(patience), new Going(step, hop))
            .compose(result -> made(index, start, result));
      }
    };
  }

  /** A step has its result. */
  private Future<CheckResult> made(int index, Duration start, CheckResult result) {
    Optional<Finding> finding = result.outcome().why().map(found -> hidden(index, found));
    log.add(name(index), start, result, finding);
    for (Map.Entry<Phase, Duration> phase : result.timings().phases().entrySet()) {
      timings = timings.plus(phase.getKey(), phase.getValue());
    }
    deepest = deepest.compareTo(result.layer()) < 0 ? result.layer() : deepest;
    facts = index == 0 ? result.facts() : facts;
    return switch (result.outcome()) {
      case Outcome.Up _ -> step(index + 1);
      case Outcome.Degraded _ -> {
        warning = warning.or(() -> finding);
        yield step(index + 1);
      }
      case Outcome.Down _, Outcome.Inconclusive _ ->
          Future.succeededFuture(failed(finding.orElseThrow(), result.facts()));
    };
  }

  /** A step that was not taken. */
  private Future<CheckResult> ended(int index, CheckResult result) {
    Finding finding = hidden(index, result.outcome().why().orElseThrow());
    log.add(name(index), deadline.elapsed(), finding);
    return Future.succeededFuture(failed(finding, facts));
  }

  private String name(int index) {
    return StepRequest.words(index, spec.steps().get(index));
  }

  private Finding hidden(int index, Finding finding) {
    String detail = finding.detail().isEmpty() ? "" : ": " + finding.detail();
    return values.hidden(new Finding(finding.reason(), name(index) + detail), jar.values());
  }

  private CheckResult failed(Finding finding, Facts seen) {
    return CheckResult.failed(
        finding.reason(), finding.detail(), deepest, timings, seen.withParts(log.seen()));
  }

  private CheckResult passed() {
    Facts all = facts.withParts(log.seen());
    return warning
        .map(
            found ->
                new CheckResult(
                    found.reason().layer().orElse(deepest),
                    new Outcome.Degraded(found),
                    timings,
                    all))
        .orElseGet(() -> CheckResult.up(deepest, timings, all));
  }

  /** Goes along with one step. */
  private final class Going implements HttpCheck.Companion {
    private final JourneyStep step;
    private final NetworkPolicy.Hop hop;

    Going(JourneyStep step, NetworkPolicy.Hop hop) {
      this.step = step;
      this.hop = hop;
    }

    @Override
    public NetworkPolicy.Hop hop() {
      return hop;
    }

    @Override
    public Optional<Secret> cookies(HttpUrl to) {
      return jar.forUrl(to);
    }

    @Override
    public void passed(HttpUrl from, Answer.Head head) {
      jar.take(from, head.headers());
    }

    @Override
    public boolean wantsContent(Answer.Head head) {
      return step.captures().stream().anyMatch(Captures::wantsBody);
    }

    @Override
    public Optional<Finding> judge(HttpCheck.Page page) {
      return Captures.take(step.captures(), page, jar, values);
    }
  }
}
