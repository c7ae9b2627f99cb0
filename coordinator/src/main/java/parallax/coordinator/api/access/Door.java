package parallax.coordinator.api.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import parallax.config.Configuration;
import parallax.coordinator.access.Admission;
import parallax.coordinator.access.Asker;
import parallax.coordinator.access.Knock;
import parallax.coordinator.access.Need;
import parallax.coordinator.access.Rules;
import parallax.coordinator.access.Seal;
import parallax.coordinator.access.Session;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.exchange.Forwarder;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.page.access.RefusedPage;
import parallax.coordinator.people.SessionWatch;
import parallax.coordinator.view.Overview;
import parallax.coordinator.words.Language;

/** Where every request comes in, or is told why not. Never blocks. */
public final class Door {
  /** The field of forms that shows that they are ours. */
  public static final String TOKEN_FIELD = "form_token";

  /** The header that shows the same for what is done by the API with a session. */
  public static final String TOKEN_HEADER = "X-Form-Token";

  private static final List<String> SIGNS_OF_A_PROXY =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private static final int ID_BYTES = 16;

  /** For so long it is remembered in which language somebody wants to read. */
  private static final Duration REMEMBERED = Duration.ofDays(365);

  /** How often it is asked again whether somebody may go on reading. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  private final Ports ports;
  private final SecureRandom random;

  /**
   * What it needs.
   *
   * @param sessions by what sessions are known
   * @param refused the page for whoever sent a form in vain
   * @param writer writes an answer
   */
  public record Ports(
      Overview overview,
      SessionWatch sessions,
      InstantSource clock,
      RefusedPage refused,
      BiConsumer<RoutingContext, Reply> writer) {}

  public Door(Ports ports, SecureRandom random) {
    this.ports = ports;
    this.random = random;
  }

  /** Who came in to read, or to do something by the API; empty: they were told why not. */
  public Optional<Visitor> admit(RoutingContext context, Need need) {
    return admit(context, need, false);
  }

  /** Who came in with a form; empty: they were told why not. */
  public Optional<Visitor> admitForm(RoutingContext context, Need need) {
    return admit(context, need, true);
  }

  /**
   * Has an answer without end closed when whoever reads it would not come in any more: when they
   * signed out, for example.
   */
  public void whileAdmitted(RoutingContext context, Need need) {
    context
        .vertx()
        .setPeriodic(
            AGAIN.toMillis(),
            timer -> {
              boolean over = context.response().ended() || context.response().closed();
              boolean may =
                  Admission.ask(rules(), knock(context, false), need)
                      instanceof Admission.Answer.Enters;
              if (over || !may) {
                context.vertx().cancelTimer(timer);
              }
              if (!over && !may) {
                context.request().connection().close();
              }
            });
  }

  private Optional<Visitor> admit(RoutingContext context, Need need, boolean form) {
    Rules rules = rules();
    Knock knock = knock(context, form);
    return switch (Admission.ask(rules, knock, need)) {
      case Admission.Answer.Enters(Asker asker) ->
          Optional.of(entered(context, rules, knock, asker));
      case Admission.Answer.StaysOut(int status, String why) -> {
        ports.writer().accept(context, refused(context.request(), rules, status, why, form));
        yield Optional.empty();
      }
    };
  }

  /** By what is decided now. */
  Rules rules() {
    SessionWatch.Known known = ports.sessions().known();
    return new Rules(configuration().access(), known.seal(), known.ended());
  }

  Configuration configuration() {
    return ports.overview().configuration().configuration();
  }

  Instant now() {
    return ports.clock().instant();
  }

  boolean isSecure(HttpServerRequest request) {
    return Ways.isSecure(request, configuration());
  }

  /** An id that nobody can guess. */
  String freshId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Knock knock(RoutingContext context, boolean form) {
    HttpServerRequest request = context.request();
    boolean changes = !isReading(request);
    Optional<String> token =
        form
            ? Optional.ofNullable(request.getFormAttribute(TOKEN_FIELD))
            : Optional.ofNullable(request.getHeader(TOKEN_HEADER));
    return new Knock(
        new Knock.Origin(
            Ways.isLoopback(request.remoteAddress()),
            SIGNS_OF_A_PROXY.stream().anyMatch(name -> request.getHeader(name) != null),
            Ways.hostHeader(request)),
        new Knock.Page(
            Optional.ofNullable(request.getHeader("Origin")),
            Optional.ofNullable(request.getHeader("Sec-Fetch-Site"))),
        Optional.ofNullable(request.getHeader("Authorization")),
        cookie(request, Cookies.SESSION),
        cookie(request, Cookies.PLACE),
        new Knock.Deed(changes, form, token),
        now());
  }

  private static boolean isReading(HttpServerRequest request) {
    return List.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.method());
  }

  /** Of what another coordinator handed on, only that one knows how it came. */
  private Optional<String> cookie(HttpServerRequest request, String name) {
    return isHandedOn(request)
        ? Cookies.value(request, name, true).or(() -> Cookies.value(request, name, false))
        : Cookies.value(request, name, isSecure(request));
  }

  private static boolean isHandedOn(HttpServerRequest request) {
    return request.getHeader(Forwarder.MARK) != null;
  }

  private Visitor entered(RoutingContext context, Rules rules, Knock knock, Asker asker) {
    boolean apart = rules.access().tellsApart();
    HttpServerRequest request = context.request();
    boolean here = !isHandedOn(request);
    if (asker instanceof Asker.SignedIn(Session session)
        && session.isToBeRenewed(knock.at())
        && here) {
      rules.seal().ifPresent(seal -> keep(context, session.used(knock.at()), seal));
    }
    boolean shownForms = isSignIn(request) || (isPage(request) && asker instanceof Asker.Local);
    Optional<String> id = Admission.formId(rules, knock, asker);
    if (id.isEmpty() && shownForms && here && rules.seal().isPresent()) {
      id = Optional.of(begin(context, rules.seal().get()));
    }
    boolean forms = asker instanceof Asker.SignedIn || asker instanceof Asker.Local || shownForms;
    Optional<Visitor.Forms> bound =
        forms && rules.seal().isPresent()
            ? id.map(known -> new Visitor.Forms(rules.seal().get(), known))
            : Optional.empty();
    Language language = language(request);
    if (here && isPage(request) && !remembered(request).equals(asked(request))) {
      asked(request).ifPresent(wanted -> remember(context, wanted));
    }
    return new Visitor(asker, apart, bound, language);
  }

  /** What they asked for now, or before, or what their browser says. */
  Language language(HttpServerRequest request) {
    return asked(request)
        .or(() -> remembered(request))
        .orElseGet(
            () ->
                Language.accepted(
                    Optional.ofNullable(request.getHeader("Accept-Language")).orElse("")));
  }

  private static Optional<Language> asked(HttpServerRequest request) {
    try {
      return Request.of(request).parameter(Language.PARAMETER).flatMap(Language::of);
    } catch (Request.Unusable e) {
      // Whoever reads the rest of the query says so.
      return Optional.empty();
    }
  }

  private Optional<Language> remembered(HttpServerRequest request) {
    return cookie(request, Cookies.LANGUAGE).flatMap(Language::of);
  }

  private void remember(RoutingContext context, Language language) {
    boolean secure = isSecure(context.request());
    add(context, Cookies.set(Cookies.LANGUAGE, language.tag(), secure, REMEMBERED));
  }

  /** Has the browser keep a session. */
  void keep(RoutingContext context, Session session, Seal seal) {
    Duration lasts = Duration.between(now(), session.end());
    add(
        context,
        Cookies.set(Cookies.SESSION, session.sealed(seal), isSecure(context.request()), lasts));
  }

  /** Has the browser forget a cookie. */
  void forget(RoutingContext context, String name) {
    add(context, Cookies.set(name, "", isSecure(context.request()), Duration.ZERO));
  }

  static void add(RoutingContext context, String cookie) {
    context.response().headers().add("Set-Cookie", cookie);
  }

  /** Gives whoever is not signed in something that forms can be bound to. */
  private String begin(RoutingContext context, Seal seal) {
    String id = freshId();
    String value = Admission.place(seal, id);
    boolean secure = isSecure(context.request());
    add(context, Cookies.set(Cookies.PLACE, value, secure, Session.LONGEST));
    context.put(Forwarder.COOKIE, Cookies.pair(Cookies.PLACE, value, secure));
    return id;
  }

  private static boolean isPage(HttpServerRequest request) {
    String accept = request.getHeader("Accept");
    return isReading(request) && accept != null && accept.contains("text/html");
  }

  private static boolean isSignIn(HttpServerRequest request) {
    return SignIn.PATH.equals(request.path());
  }

  private Reply refused(
      HttpServerRequest request, Rules rules, int status, String why, boolean form) {
    if (status == 401 && isPage(request) && rules.access().tellsApart()) {
      String to = URLEncoder.encode(String.valueOf(request.uri()), StandardCharsets.UTF_8);
      return seeOther(SignIn.PATH + "?to=" + to);
    }
    if (form || (isPage(request) && status == 403)) {
      return page(
          status, ports.refused().render(why, language(request), form ? "/" : request.uri()));
    }
    Reply reply = Reply.problem(status, why);
    return status == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
  }

  /** Sends somebody on with GET (RFC 9110 section 15.4.4). */
  public static Reply seeOther(String place) {
    Reply empty = Reply.text("text/plain; charset=utf-8", "");
    return new Reply(303, empty.contentType(), empty.headers(), empty.body())
        .with("Location", place);
  }

  /** A page that is of one person alone. */
  public static Reply page(int status, String html) {
    Reply page = Reply.text("text/html; charset=utf-8", html);
    return PageHeaders.on(new Reply(status, page.contentType(), page.headers(), page.body()));
  }
}
