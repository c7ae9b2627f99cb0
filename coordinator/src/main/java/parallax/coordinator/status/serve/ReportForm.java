package parallax.coordinator.status.serve;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.publicpage.Service;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.api.exchange.Network;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.report.ReportGate;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.status.html.ReportHtml;
import parallax.coordinator.status.html.Style;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.store.Reports;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.words.Language;

/**
 * "Down for me", from a form that works without scripts. Anonymous, so nobody can be made to do
 * anything in their own name; browsers are held to the page's own form nevertheless. Any
 * coordinator takes it, whoever leads.
 */
public final class ReportForm {
  /** Where it is posted to. */
  public static final String PATH = "/status/report";

  private static final String FORM = "application/x-www-form-urlencoded";

  /** What browsers say of what their readers or the page itself asked for. */
  private static final List<String> OWN = List.of("same-origin", "none");

  private static final Logger LOG = LoggerFactory.getLogger(ReportForm.class);

  private final Ports ports;

  /** Where reports go, and how many are taken. */
  public record Ports(Overview overview, Reports reports, ReportGate gate, InstantSource clock) {}

  /**
   * How answers are made and written.
   *
   * @param working has an answer made where it may take a while
   * @param writer writes an answer
   */
  public record Answering(
      BiConsumer<RoutingContext, Supplier<Reply>> working,
      BiConsumer<RoutingContext, Reply> writer) {}

  /** What was filled in. */
  private record Filled(String service, String text, Texts texts, String network) {}

  public ReportForm(Ports ports) {
    this.ports = ports;
  }

  /** Behind what reads bodies. */
  public void on(Router router, Answering answering) {
    router.route(PATH).useNormalizedPath(false).handler(context -> let(context, answering));
  }

  private void let(RoutingContext context, Answering answering) {
    HttpServerRequest request = context.request();
    if (!request.method().equals(HttpMethod.POST)) {
      answering
          .writer()
          .accept(
              context, Reply.problem(405, "this path can only be posted to").with("Allow", "POST"));
      return;
    }
    String type =
        Optional.ofNullable(request.getHeader("Content-Type")).orElse("").split(";", 2)[0];
    if (!type.strip().toLowerCase(Locale.ROOT).equals(FORM)) {
      answering.writer().accept(context, Reply.problem(415, "the body must be " + FORM));
      return;
    }
    if (isOfAnotherPage(request)) {
      answering
          .writer()
          .accept(context, Reply.problem(403, "a page of another origin may not do this"));
      return;
    }
    MultiMap form = request.formAttributes();
    Language language = Language.of(value(form, "lang")).orElse(Language.EN);
    Filled filled =
        new Filled(
            value(form, "service"),
            PlainText.line(value(form, "text"), PlainText.MAX_LINE),
            Texts.in(language),
            Network.of(request.remoteAddress()));
    answering.working().accept(context, () -> take(filled));
  }

  private static String value(MultiMap form, String name) {
    return Optional.ofNullable(form.get(name)).orElse("");
  }

  /** Browsers say from which page a form is (RFC 6454 section 7). */
  private static boolean isOfAnotherPage(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      // Of a page that keeps its address to itself, Origin says nothing.
      return !OWN.contains(site);
    }
    Optional<String> origin =
        Optional.ofNullable(request.getHeader("Origin"))
            .map(written -> written.replaceFirst("^[a-z]+://", ""));
    Optional<String> host =
        Optional.ofNullable(request.getHeader("Host"))
            .or(() -> Optional.ofNullable(request.authority()).map(HostAndPort::toString));
    return origin.isPresent() && !origin.equals(host);
  }

  private Reply take(Filled filled) {
    Configuration configuration = ports.overview().configuration().configuration();
    if (!configuration.reports().isPublic()) {
      return page(403, "report.closed", filled);
    }
    Optional<TargetName> target =
        configuration
            .statusPage()
            .service(filled.service())
            .flatMap(service -> target(configuration, service));
    if (target.isEmpty()) {
      return page(404, "report.unknown", filled);
    }
    Optional<Duration> wait = ports.gate().ask(filled.network(), target.get());
    if (wait.isPresent()) {
      return page(429, "report.wait", filled)
          .with("Retry-After", Long.toString(wait.get().toSeconds() + 1));
    }
    try {
      ports
          .reports()
          .report(
              new UserReport(
                  target.get(),
                  ports.clock().instant().truncatedTo(ChronoUnit.MICROS),
                  Optional.empty(),
                  filled.text()));
    } catch (StoreException e) {
      LOG.warn("report=unrecorded error=\"{}\"", e.getMessage());
      return page(503, "report.failed", filled).with("Retry-After", "5");
    }
    return page(201, "report.thanks", filled);
  }

  /** One report is about one target: the worst of the service, as far as this one knows. */
  private Optional<TargetName> target(Configuration configuration, Service service) {
    Snapshot snapshot = ports.overview().snapshot();
    return configuration.targets().stream()
        .filter(service::includes)
        .map(Target::name)
        .min(
            Comparator.comparingInt((TargetName name) -> rank(snapshot, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int rank(Snapshot snapshot, TargetName name) {
    TargetState state =
        snapshot.target(name).map(view -> view.verdict().state()).orElse(TargetState.UNKNOWN);
    return switch (state) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
    };
  }

  private Reply page(int status, String key, Filled filled) {
    Configuration configuration = ports.overview().configuration().configuration();
    String html = ReportHtml.answer(configuration.statusPage().title(), key, filled.texts());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Security-Policy", Style.PAGE_POLICY);
    Reply page = Reply.text("text/html; charset=utf-8", html);
    return new Reply(status, page.contentType(), headers, page.body());
  }
}
