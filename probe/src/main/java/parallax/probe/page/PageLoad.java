package parallax.probe.page;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import parallax.config.check.HttpSpec;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.check.http.PageRules;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Printable;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.http.HttpCheck;
import parallax.probe.http.HttpUrl;
import parallax.probe.journey.PartLog;

/** Fetches what a page loads, a few at a time. All that changes is guarded by the object itself. */
final class PageLoad {
  /** As browsers do, for one server; here for all together. */
  static final int AT_ONCE = 6;

  /** Styles that import styles that import … */
  static final int MAX_DEPTH = 4;

  /** What one resource may take; the page goes on without it. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MAX_SHOWN = 160;

  private final HttpCheck http;
  private final HttpSpec.Page spec;
  private final Deadline deadline;
  private final PartLog log;
  private final PageCheck.Named page;
  private final CheckResult own;
  private final Deque<Resource> waiting = new ArrayDeque<>();
  private final Set<String> known = new HashSet<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Promise<CheckResult> done = Promise.promise();
  private int running;
  private int fetched;
  private long bytes;

  /** What went wrong with a resource. */
  private record Failure(Resource resource, Finding finding) {}

  /** What was seen of the page itself. */
  record Seen(PageCheck.Named named, CheckResult result, PartLog log) {}

  PageLoad(HttpCheck http, HttpSpec.Page spec, Deadline deadline, Seen seen) {
    this.http = http;
    this.spec = spec;
    this.deadline = deadline;
    this.log = seen.log();
    this.page = seen.named();
    this.own = seen.result();
    this.bytes = own.facts().bodyBytes().orElse(0L);
  }

  Future<CheckResult> start() {
    synchronized (this) {
      found(page.resources());
      goOn();
    }
    return done.future();
  }

  private void found(List<Resource> resources) {
    for (Resource resource : resources) {
      boolean wanted = !spec.rules().sameHost() || resource.url().host().equals(page.host());
      if (resource.depth() > MAX_DEPTH || !wanted || !known.add(resource.url().toString())) {
        continue;
      }
      if (page.secure() && !resource.url().secure()) {
        fail(resource, Reason.PAGE_MIXED_CONTENT, "http in https");
      } else if (waiting.size() + running + fetched >= spec.rules().maxResources()) {
        log.leftOut(1);
      } else {
        waiting.add(resource);
      }
    }
  }

  /** Something that is not fetched at all. */
  private void fail(Resource resource, Reason reason, String why) {
    Finding finding = new Finding(reason, why);
    failures.add(new Failure(resource, finding));
    log.add(resource.shown(), deadline.elapsed(), finding);
  }

  private void goOn() {
    while (running < AT_ONCE && !waiting.isEmpty()) {
      Resource next = waiting.remove();
      if (bytes >= spec.rules().maxBytes()) {
        log.leftOut(1);
      } else if (deadline.hasPassed()) {
        fail(next, Reason.HTTP_TIMEOUT, "not fetched in time");
      } else {
        running++;
        fetch(next);
      }
    }
    if (running == 0) {
      done.tryComplete(judged());
    }
  }

  private void fetch(Resource resource) {
    Duration start = deadline.elapsed();
    long left = Math.max(1, spec.rules().maxBytes() - bytes);
    Fetched seen = new Fetched(resource, page.hop(), left);
    http.run(request(resource), deadline.part(PATIENCE), seen)
        .onComplete(
            ended -> {
              synchronized (this) {
                running--;
                fetched++;
                if (ended.succeeded()) {
                  ended(resource, start, ended.result());
                  found(seen.found());
                }
                goOn();
              }
            });
  }

  private void ended(Resource resource, Duration start, CheckResult result) {
    bytes += result.facts().bodyBytes().orElse(0L);
    log.add(resource.shown(), start, result, Optional.empty());
    // Trouble of the probe's own says nothing about the page; a certificate near its end is told
    // by the check of whoever it belongs to.
    if (result.outcome() instanceof Outcome.Down(Finding finding)) {
      failures.add(new Failure(resource, finding));
    }
  }

  /** Credentials and headers stay with the origin that they were configured for. */
  private HttpSpec request(Resource resource) {
    HttpSpec whole = spec.page();
    HttpUrl url = resource.url();
    boolean home =
        HttpUrl.of(whole.url()).filter(mine -> mine.origin().equals(url.origin())).isPresent();
    return new HttpSpec(
        URI.create(url.toString()),
        "GET",
        home
            ? whole.headers().stream()
                .filter(header -> !header.name().toLowerCase(Locale.ROOT).startsWith("content-"))
                .toList()
            : List.of(),
        Optional.empty(),
        HttpExpect.DEFAULT,
        home ? whole.credentials() : new HttpCredentials.None(),
        // That a page is had by HTTP/3 says nothing of the servers of others.
        home || whole.version() != HttpSpec.Version.HTTP_3 ? whole.version() : HttpSpec.Version.ANY,
        HttpSpec.DEFAULT_REDIRECTS,
        home ? whole.tls() : whole.tls().elsewhere(),
        whole.proxy(),
        whole.naming(),
        PATIENCE);
  }

  private CheckResult judged() {
    CheckResult whole =
        new CheckResult(
            own.layer(),
            own.outcome(),
            own.timings(),
            own.facts().withBodyBytes(bytes).withParts(log.seen()));
    Optional<Finding> down = worst(PageRules.Weight.DOWN);
    if (down.isPresent()) {
      return CheckResult.failed(
          down.get().reason(), down.get().detail(), own.layer(), whole.timings(), whole.facts());
    }
    Optional<Finding> degraded = worst(PageRules.Weight.DEGRADED);
    if (degraded.isPresent() && own.outcome() instanceof Outcome.Up) {
      return new CheckResult(
          degraded.get().reason().layer().orElse(own.layer()),
          new Outcome.Degraded(degraded.get()),
          whole.timings(),
          whole.facts());
    }
    return whole;
  }

  /** The first failure of this weight, with how many there are. */
  private Optional<Finding> worst(PageRules.Weight weight) {
    List<Failure> all =
        failures.stream().filter(each -> weight(each.resource()) == weight).toList();
    return all.stream()
        .filter(each -> each.resource().blocking())
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(first -> told(first, all.size()));
  }

  private PageRules.Weight weight(Resource resource) {
    return resource.blocking() ? spec.rules().blocking() : spec.rules().others();
  }

  private Finding told(Failure failure, int count) {
    Finding finding = failure.finding();
    boolean ofPages =
        switch (finding.reason()) {
          case PAGE_MIXED_CONTENT, PAGE_INTEGRITY, PAGE_RESOURCE_TYPE -> true;
          default -> false;
        };
    String what = ofPages ? finding.detail() : finding.words();
    String others = count == 1 ? "" : " (" + count + " of " + (log.count() - 1) + " fail)";
    return new Finding(
        ofPages ? finding.reason() : Reason.PAGE_RESOURCE_FAILED,
        failure.resource().kind().word()
            + " "
            + Printable.bounded(failure.resource().shown(), MAX_SHOWN)
            + others
            + ": "
            + what);
  }
}
