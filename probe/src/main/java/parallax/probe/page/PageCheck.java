package parallax.probe.page;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.http.Answer;
import parallax.probe.http.HttpCheck;
import parallax.probe.journey.PartLog;
import parallax.probe.net.NetworkPolicy;

/**
 * Fetches a page, then all that it and its styles name, and judges each: scripts, styles, images,
 * fonts, media and frames. Nothing is run, so what scripts load is not seen.
 */
public final class PageCheck implements Check<HttpSpec.Page> {
  /** Judging takes a moment: what is loaded ends this much before the check. */
  static final Duration MARGIN = Duration.ofMillis(50);

  private final HttpCheck http;

  public PageCheck(HttpCheck http) {
    this.http = http;
  }

  @Override
  public Future<CheckResult> run(HttpSpec.Page spec, Deadline deadline) {
    Deadline inner = deadline.part(deadline.left().minus(MARGIN));
    Document document = new Document();
    return http.run(spec.page(), inner, document)
        .compose(
            result -> {
              PartLog log = new PartLog();
              log.add("page", Duration.ZERO, result, Optional.empty());
              boolean there =
                  result.outcome() instanceof Outcome.Up
                      || result.outcome() instanceof Outcome.Degraded;
              return there && document.named.isPresent()
                  ? new PageLoad(
                          http, spec, inner, new PageLoad.Seen(document.named.get(), result, log))
                      .start()
                  : Future.succeededFuture(
                      new CheckResult(
                          result.layer(),
                          result.outcome(),
                          result.timings(),
                          result.facts().withParts(log.seen())));
            });
  }

  /**
   * What a page names, and where it came from.
   *
   * @param secure whether it came by https
   * @param hop how a server is come to that it names
   */
  record Named(List<Resource> resources, String host, boolean secure, NetworkPolicy.Hop hop) {}

  /** Reads the page itself. */
  private static final class Document implements HttpCheck.Companion {
    private Optional<Named> named = Optional.empty();

    @Override
    public boolean wantsContent(Answer.Head head) {
      return Types.isPage(Types.of(head.headers()));
    }

    @Override
    public Optional<Finding> judge(HttpCheck.Page page) {
      String type = Types.of(page.head().headers());
      if (!Types.isPage(type)) {
        return Optional.of(
            new Finding(Reason.PAGE_NOT_HTML, type.isEmpty() ? "no type told" : type));
      }
      Html.Named found = Html.read(page.body().text(page.charset()), page.url());
      boolean upgrades =
          found.upgrades()
              || page.head().headers().getAll("content-security-policy").stream()
                  .anyMatch(policy -> policy.contains("upgrade-insecure-requests"));
      named =
          Optional.of(
              new Named(
                  found.resources().stream()
                      .map(each -> upgrades && !each.url().secure() ? each.secured() : each)
                      .toList(),
                  page.url().host(),
                  page.url().secure(),
                  page.next()));
      return Optional.empty();
    }
  }
}
