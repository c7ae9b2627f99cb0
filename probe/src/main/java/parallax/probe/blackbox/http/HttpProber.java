package parallax.probe.blackbox.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Samples;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.TlsFacts;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.http.Answer;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpUrl;

/** Makes a request, follows redirects, and judges the last answer as the module says. */
public final class HttpProber implements Prober<HttpModule> {
  private static final String REGEX = "probe_failed_due_to_regex";
  private static final String REGEX_HELP = "Indicates if probe failed due to regex";
  private static final String CEL = "probe_failed_due_to_cel";
  private static final String CEL_HELP =
      "Indicates if probe failed due to CEL expression not matching";

  private final Exchange.Tools tools;
  private final Tokens tokens;

  public HttpProber(Exchange.Tools tools) {
    this.tools = tools;
    this.tokens = new Tokens();
  }

  @Override
  public boolean probe(HttpModule module, String target, Sight sight) throws Unseen {
    begin(module, sight.samples());
    HttpUrl url = url(target);
    boolean resolves = !(module.skipsResolving() && proxied(module));
    Optional<Sight.Found> found =
        resolves ? Optional.of(sight.resolve(url.host(), module.ip())) : Optional.empty();
    Journey journey = new Journey(tools, tokens, module, sight);
    try {
      Journey.End end = journey.go(url, found.map(Sight.Found::address));
      boolean fine = judge(module, end, sight);
      return tls(module, end.answer(), sight) && fine;
    } catch (Unseen unseen) {
      sight.log().error("Error for HTTP request", "err", unseen.finding().words());
      // A request that failed was over no TLS that anybody has seen.
      throw unseen;
    } finally {
      sight.samples().set("probe_http_redirects", "The number of redirects", journey.redirects());
      phases(sight, found.map(Sight.Found::took).orElse(Duration.ZERO));
    }
  }

  private static boolean proxied(HttpModule module) {
    return module.client().proxy().url().isPresent() || module.client().proxy().fromEnvironment();
  }

  private static void begin(HttpModule module, Samples samples) {
    for (String phase : List.of("resolve", "connect", "tls", "processing", "transfer")) {
      phase(samples, phase, Duration.ZERO);
    }
    samples.set("probe_http_content_length", "Length of http content response", 0);
    samples.set("probe_http_uncompressed_body_length", "Length of uncompressed response body", 0);
    samples.set("probe_http_redirects", "The number of redirects", 0);
    samples.set("probe_http_ssl", "Indicates if SSL was used for the final redirect", 0);
    samples.set("probe_http_status_code", "Response HTTP status code", 0);
    samples.set("probe_http_version", "Returns the version of HTTP of the probe response", 0);
    samples.set(REGEX, REGEX_HELP, 0);
    if (module.expect().body().hasConditions()) {
      samples.set(CEL, CEL_HELP, 0);
    }
  }

  private static void phase(Samples samples, String phase, Duration time) {
    samples.set(
        "probe_http_duration_seconds",
        "Duration of http request by phase, summed over all redirects",
        "phase",
        phase,
        Sight.seconds(time));
  }

  /** Phases of all hops, added up by the attempt; the first name was resolved beforehand. */
  private static void phases(Sight sight, Duration resolved) {
    Timings timings = sight.attempt().timings();
    phase(
        sight.samples(), "resolve", timings.of(Phase.RESOLVE).orElse(Duration.ZERO).plus(resolved));
    phase(sight.samples(), "connect", timings.of(Phase.CONNECT).orElse(Duration.ZERO));
    phase(sight.samples(), "tls", timings.of(Phase.TLS).orElse(Duration.ZERO));
    phase(sight.samples(), "processing", timings.of(Phase.FIRST_BYTE).orElse(Duration.ZERO));
    phase(sight.samples(), "transfer", timings.of(Phase.TRANSFER).orElse(Duration.ZERO));
  }

  private static HttpUrl url(String target) throws Unseen {
    String lower = target.toLowerCase(Locale.ROOT);
    boolean scheme = lower.startsWith("http://") || lower.startsWith("https://");
    try {
      return HttpUrl.of(new URI(scheme ? target : "http://" + target))
          .orElseThrow(() -> notUrl(target));
    } catch (URISyntaxException e) {
      throw notUrl(target);
    }
  }

  private static Unseen notUrl(String target) {
    return Sight.unseen(Reason.PROBE_NOT_CONFIGURED, "Could not parse target URL " + target);
  }

  private static boolean judge(HttpModule module, Journey.End end, Sight sight) {
    HttpModule.Expectations expect = module.expect();
    Answer.Head head = end.answer().head();
    Samples samples = sight.samples();
    samples.set("probe_http_status_code", "Response HTTP status code", head.status());
    samples.set(
        "probe_http_content_length", "Length of http content response", (double) end.length());
    sight.log().info("Received HTTP response", "status_code", head.status());
    boolean fine =
        expect.statuses().isEmpty()
            ? head.status() >= 200 && head.status() < 300
            : expect.statuses().contains(head.status());
    if (!fine) {
      sight.log().error("Invalid HTTP response status code", "status_code", head.status());
    }
    if (fine && !expect.headers().isEmpty()) {
      fine = HeaderJudge.judge(head.headers(), expect.headers(), sight.log());
      samples.set(REGEX, REGEX_HELP, fine ? 0 : 1);
    }
    Contents contents = end.unread() ? Contents.closed() : Contents.of(end, expect);
    contents
        .trouble()
        .ifPresent(why -> sight.log().error("Failed to read HTTP response body", "err", why));
    if (fine && expect.body().hasPatterns()) {
      fine = contents.matches(expect.body(), sight.log());
      samples.set(REGEX, REGEX_HELP, fine ? 0 : 1);
    }
    if (fine && expect.body().hasConditions()) {
      fine = contents.meets(expect.body(), sight.log());
      samples.set(CEL, CEL_HELP, fine ? 0 : 1);
    }
    samples.set(
        "probe_http_uncompressed_body_length",
        "Length of uncompressed response body",
        (double) contents.size());
    boolean read = end.unread() || contents.trouble().isEmpty();
    return version(module, head, sight) && fine && read;
  }

  private static boolean version(HttpModule module, Answer.Head head, Sight sight) {
    String number = head.version().contains(".") ? head.version() : head.version() + ".0";
    lastModified(head)
        .ifPresent(
            time ->
                sight
                    .samples()
                    .set(
                        "probe_http_last_modified_timestamp_seconds",
                        "Returns the Last-Modified HTTP response header in unixtime",
                        time));
    sight
        .samples()
        .set(
            "probe_http_version",
            "Returns the version of HTTP of the probe response",
            Double.parseDouble(number));
    List<String> versions = module.expect().versions();
    boolean fine = versions.isEmpty() || versions.contains("HTTP/" + number);
    if (!fine) {
      sight.log().error("Invalid HTTP version number", "version", number);
    }
    return fine;
  }

  private static Optional<Long> lastModified(Answer.Head head) {
    try {
      return Optional.ofNullable(head.headers().get(HttpHeaderNames.LAST_MODIFIED))
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
          .map(time -> time.toEpochSecond());
    } catch (DateTimeException notTime) {
      return Optional.empty();
    }
  }

  private static boolean tls(HttpModule module, Answer answer, Sight sight) {
    boolean secured = answer.link().tls().isPresent();
    sight
        .samples()
        .set("probe_http_ssl", "Indicates if SSL was used for the final redirect", secured ? 1 : 0);
    answer.link().tls().ifPresent(seen -> TlsFacts.tell(sight.samples(), seen, true));
    if (secured && module.expect().notTls()) {
      sight.log().error("Final request was over SSL");
      return false;
    }
    if (!secured && module.expect().tls()) {
      sight.log().error("Final request was not over SSL");
      return false;
    }
    return true;
  }

  /** Bytes of a body, for whoever has an answer of ours. */
  static byte[] bytes(Answer answer) {
    if (answer.body().isEmpty()) {
      return new byte[0];
    }
    try {
      return answer.body().get().open().readAllBytes();
    } catch (IOException impossible) {
      throw new IllegalStateException("a body in memory", impossible);
    }
  }
}
