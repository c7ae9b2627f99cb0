package parallax.coordinator.api.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.policy.ApiToken;
import parallax.coordinator.access.Admission;
import parallax.coordinator.access.Asker;
import parallax.coordinator.access.LocalPath;
import parallax.coordinator.access.Need;
import parallax.coordinator.access.Rules;
import parallax.coordinator.access.Seal;
import parallax.coordinator.access.Session;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.people.Caller;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.access.LanguagePart;
import parallax.coordinator.page.access.LoginPage;
import parallax.coordinator.people.SessionWatch;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/**
 * Signing in with a token, and out. Every coordinator does it for itself: a session is a cookie
 * that all of them know.
 */
public final class SignIn {
  /** Where people sign in. */
  public static final String PATH = "/login";

  /** Where they sign out. */
  public static final String OUT = "/logout";

  /** Of one network so many at once, and then one in {@link #EACH}: ten a minute. */
  static final int AT_ONCE = 10;

  static final Duration EACH = Duration.ofSeconds(6);

  /** Refusals that are audited; of further ones only the log tells. */
  static final int AUDITED_AT_ONCE = 60;

  private static final int MAX_TOKEN = 2_048;
  private static final String NOT_YET = "the key of sessions cannot be read right now; try again";
  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

  private final Ports ports;
  private final Frame frame;
  private final Attempts attempts;
  private final Attempts audited;

  /**
   * What it needs.
   *
   * @param working has an answer made where it may take a while
   * @param writer writes an answer
   */
  public record Ports(
      Door door,
      SessionWatch sessions,
      Store store,
      LongSupplier nanos,
      BiConsumer<RoutingContext, Supplier<Reply>> working,
      BiConsumer<RoutingContext, Reply> writer) {}

  public SignIn(Ports ports, Frame frame) {
    this.ports = ports;
    this.frame = frame;
    attempts = new Attempts(ports.nanos(), AT_ONCE, EACH);
    audited = new Attempts(ports.nanos(), AUDITED_AT_ONCE, EACH);
  }

  /** Behind what reads bodies. */
  public void on(Router router) {
    router.route(PATH).useNormalizedPath(false).handler(this::login);
    router.route(OUT).useNormalizedPath(false).handler(this::logout);
  }

  private void login(RoutingContext context) {
    if (isGet(context)) {
      ports.door().admit(context, Need.PUBLIC).ifPresent(visitor -> show(context, visitor));
    } else if (isPosted(context, "GET, HEAD, POST")) {
      ports.door().admitForm(context, Need.PUBLIC).ifPresent(visitor -> enter(context, visitor));
    }
  }

  private void show(RoutingContext context, Visitor visitor) {
    String to = LocalPath.of(Optional.ofNullable(context.request().getParam("to")));
    write(context, 200, visitor, new Typed(to, ""), Optional.empty());
  }

  /** What was filled in. */
  private record Typed(String to, String who) {}

  private void enter(RoutingContext context, Visitor visitor) {
    HttpServerRequest request = context.request();
    Typed typed =
        new Typed(
            LocalPath.of(Optional.ofNullable(request.getFormAttribute("to"))),
            PlainText.line(field(request, "who"), PlainText.MAX_NAME));
    String network = network(request);
    Optional<Duration> wait = attempts.ask(network);
    if (wait.isPresent()) {
      write(context, 429, visitor, typed, Optional.of("too many have tried from there; wait"));
      return;
    }
    Rules rules = ports.door().rules();
    if (rules.seal().isEmpty()) {
      write(context, 503, visitor, typed, Optional.of(NOT_YET));
      return;
    }
    String shown = field(request, "token");
    Optional<ApiToken> token =
        shown.isEmpty() || shown.length() > MAX_TOKEN
            ? Optional.empty()
            : Admission.token(rules.access().tokens(), shown.strip());
    if (token.isEmpty()) {
      refuse(context, network, "a token that is not known");
      write(context, 401, visitor, typed, Optional.of("this token is not known"));
      return;
    }
    Seal seal = rules.seal().get();
    String name = new Caller(token.get().name()).signed(Optional.of(typed.who()));
    begin(
        context,
        new Person(
            name,
            token.get().role(),
            new Session.ByToken(token.get().name(), Rules.proof(seal, token.get()))),
        typed.to());
  }

  /** Whom a session is made for. */
  record Person(String name, ApiToken.Role role, Session.Source by) {}

  /** Makes a session, always a new one, and sends them on. */
  void begin(RoutingContext context, Person person, String to) {
    Door door = ports.door();
    Optional<Seal> seal = door.rules().seal();
    if (seal.isEmpty()) {
      ports.writer().accept(context, Reply.problem(503, NOT_YET).with("Retry-After", "5"));
      return;
    }
    Instant now = door.now();
    Session session =
        new Session(
            door.freshId(),
            person.name(),
            person.role(),
            person.by(),
            now.truncatedTo(ChronoUnit.MILLIS),
            now.truncatedTo(ChronoUnit.SECONDS));
    door.keep(context, session, seal.get());
    String what =
        "role " + person.role().name().toLowerCase(Locale.ROOT) + ", by " + person.by().whose();
    audit(context, new AuditEntry(person.name(), "signed in", what), now, Door.seeOther(to));
  }

  private void logout(RoutingContext context) {
    if (!isPosted(context, "POST")) {
      return;
    }
    Optional<Visitor> visitor = ports.door().admitForm(context, Need.PUBLIC);
    if (visitor.isEmpty()) {
      return;
    }
    ports.door().forget(context, Cookies.SESSION);
    if (!(visitor.get().asker() instanceof Asker.SignedIn(Session session))) {
      ports.writer().accept(context, Door.seeOther(PATH));
      return;
    }
    boolean everywhere = field(context.request(), "everywhere").equals("yes");
    ports.sessions().end(everywhere ? session.by().whose() : session.own());
    String what = everywhere ? "everywhere, " + session.by().whose() : "here";
    audit(
        context,
        new AuditEntry(session.name(), "signed out", what),
        ports.door().now(),
        Door.seeOther(PATH));
  }

  /** Keeps that somebody was refused, as far as they are not too many. */
  void refuse(RoutingContext context, String network, String why) {
    LOG.warn("sign_in=refused network={} why=\"{}\"", network, why);
    if (audited.ask("").isPresent()) {
      return;
    }
    Instant now = ports.door().now();
    AuditEntry entry = new AuditEntry("anybody", "sign-in refused", why + ", from " + network);
    context
        .vertx()
        .executeBlocking(
            () -> {
              written(entry, now);
              return true;
            });
  }

  /** While the record is away people come in nevertheless: it is then that they are needed. */
  private void audit(RoutingContext context, AuditEntry entry, Instant at, Reply then) {
    ports
        .working()
        .accept(
            context,
            () -> {
              written(entry, at);
              return then;
            });
  }

  private void written(AuditEntry entry, Instant at) {
    LOG.info("access=\"{}\" who=\"{}\" detail=\"{}\"", entry.action(), entry.who(), entry.detail());
    try {
      ports.store().audit(entry, at);
    } catch (StoreException e) {
      LOG.warn("access=unaudited error=\"{}\"", e.getMessage());
    }
  }

  private void write(
      RoutingContext context, int status, Visitor visitor, Typed typed, Optional<String> problem) {
    Configuration configuration = ports.door().configuration();
    LoginPage.Shown shown =
        new LoginPage.Shown(
            !configuration.access().tokens().isEmpty(),
            configuration.access().oidc().map(provider -> host(provider.issuer())),
            typed.to(),
            typed.who(),
            problem,
            visitor.asker() instanceof Asker.SignedIn(Session session)
                ? Optional.of(session.name())
                : Optional.empty());
    LoginPage page = new LoginPage(frame.in(visitor.language()));
    Reply reply = Door.page(status, Personal.filled(page.render(shown), visitor, path(typed)));
    ports.writer().accept(context, status == 429 ? reply.with("Retry-After", "6") : reply);
  }

  /** Where somebody is who is about to sign in. */
  private static String path(Typed typed) {
    String to = URLEncoder.encode(typed.to(), StandardCharsets.UTF_8);
    return typed.to().equals("/") ? PATH : PATH + "?to=" + to;
  }

  /** Sends somebody on. */
  void sendOn(RoutingContext context, String place) {
    ports.writer().accept(context, Door.seeOther(place));
  }

  /** A page that says why somebody is not signed in. */
  void explain(RoutingContext context, int status, String why) {
    Language language = ports.door().language(context.request());
    Frame spoken = frame.in(language);
    Say say = spoken.say();
    String html =
        "<h1>"
            + say.html("login.not")
            + "</h1><p class=\"problem\" role=\"alert\">"
            + Html.escaped(say.known(why))
            + "</p><p><a href=\"/login\">"
            + say.html("login.enter")
            + "</a></p>";
    String page =
        spoken
            .alone(say.of("login.not"), html)
            .replace(Frame.LANGUAGES, LanguagePart.html(language, PATH));
    ports.writer().accept(context, Door.page(status, page));
  }

  /** How long whoever asks has to wait before they try; empty: not at all. */
  Optional<Duration> held(HttpServerRequest request) {
    return attempts.ask(network(request));
  }

  String network(HttpServerRequest request) {
    return Ways.network(request, ports.door().configuration());
  }

  private static String host(URI issuer) {
    return Optional.ofNullable(issuer.getHost()).orElse(issuer.toString());
  }

  static String field(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getFormAttribute(name)).orElse("");
  }

  private static boolean isGet(RoutingContext context) {
    return List.of(HttpMethod.GET, HttpMethod.HEAD).contains(context.request().method());
  }

  private boolean isPosted(RoutingContext context, String allowed) {
    if (!context.request().method().equals(HttpMethod.POST)) {
      Reply reply = Reply.problem(405, "this path takes " + allowed + " only");
      ports.writer().accept(context, reply.with("Allow", allowed));
      return false;
    }
    return Posted.isForm(context, ports.writer());
  }
}
