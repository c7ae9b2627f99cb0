package parallax.probe.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import parallax.config.check.HttpSpec;
import parallax.config.check.http.BodyExpect;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.http.body.Body;
import parallax.probe.http.body.BodyJudge;
import parallax.probe.http.body.ContentDecoding;
import parallax.probe.net.Attempt;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.TlsClient;

/**
 * One run of an HTTP check: credentials, the request, redirects, the judgement. Confined to its
 * attempt's event loop.
 */
final class HttpRun implements Answer.Listener {
  private final Exchange.Tools tools;
  private final AccessTokens tokens;
  private final HttpSpec spec;
  private final HttpExpect expect;
  private final HttpCheck.Companion companion;
  private final Attempt attempt;
  private final Set<String> visited = new HashSet<>();
  private Optional<Exchange.Way> way = Optional.empty();
  private Optional<Outgoing> current = Optional.empty();
  private Optional<Finding> warning = Optional.empty();
  private int redirects;

  HttpRun(
      Exchange.Tools tools,
      AccessTokens tokens,
      HttpSpec spec,
      HttpCheck.Companion companion,
      Attempt attempt) {
    this.tools = tools;
    this.tokens = tokens;
    this.spec = spec;
    this.expect = spec.expect();
    this.companion = companion;
    this.attempt = attempt;
  }

  void start() {
    Optional<HttpUrl> url = HttpUrl.of(spec.url());
    if (url.isEmpty() || spec.method().equals("CONNECT")) {
      attempt.failed(Reason.PROBE_NOT_CONFIGURED, "not a request: " + spec.method());
      return;
    }
    attempt.await(Reason.PROBE_OVERLOADED);
    tools.tls().prepare(attempt, spec.tls(), trust -> authorize(url.get(), trust));
  }

  private void authorize(HttpUrl url, TlsClient.Trust trust) {
    way = Optional.of(new Exchange.Way(spec.version(), spec.proxy(), spec.naming(), trust));
    switch (spec.credentials()) {
      case HttpCredentials.None() -> request(first(url, Optional.empty()));
      case HttpCredentials.Basic basic -> request(first(url, Optional.of(Wire.basic(basic))));
      case HttpCredentials.Bearer(Secret token) -> request(withToken(url, token));
      case HttpCredentials.ClientCredentials credentials -> {
        attempt.await(Reason.HTTP_AUTHENTICATION);
        tokens
            .token(spec, credentials, attempt.deadline())
            .onSuccess(
                grant ->
                    attempt.onLoop(
                        () -> {
                          switch (grant) {
                            case AccessTokens.Granted(Secret token) ->
                                request(withToken(url, token));
                            case AccessTokens.Denied(Finding finding) -> attempt.failed(finding);
                          }
                        }));
      }
    }
  }

  private Outgoing withToken(HttpUrl url, Secret token) {
    return first(url, Optional.of(Secret.of("Bearer " + token.reveal())));
  }

  private Outgoing first(HttpUrl url, Optional<Secret> authorization) {
    return Outgoing.first(url, spec, authorization, companion.hop());
  }

  /** What a loop is known by: a page that sets a cookie may well send back to itself. */
  private String key(Outgoing request) {
    return request.method()
        + " "
        + request.url()
        + companion.cookies(request.url()).map(cookies -> " " + cookies.reveal()).orElse("");
  }

  private void request(Outgoing request) {
    current = Optional.of(request);
    visited.add(key(request));
    String to = request.url().origin();
    UnaryOperator<Finding> words =
        redirects == 0
            ? UnaryOperator.identity()
            : finding ->
                new Finding(
                    finding.reason(), "after a redirect to " + to + ": " + finding.detail());
    Outgoing outgoing = request.with(companion.cookies(request.url()));
    new Exchange(tools, attempt, way.orElseThrow(), outgoing, this).start(words);
  }

  @Override
  public boolean wantsBody(Answer.Head head) {
    attempt.note(facts -> facts.withHttp(head.status(), head.version()));
    return !isFollowed(head) && headFault(head).isEmpty();
  }

  @Override
  public boolean keepsBody(Answer.Head head) {
    return !expect.body().isAnything() || !codings(head).isEmpty() || companion.wantsContent(head);
  }

  @Override
  public int maxBodyBytes() {
    return companion.maxBodyBytes();
  }

  @Override
  public void answered(Answer answer) {
    answer.link().warning().ifPresent(found -> warning = warning.or(() -> Optional.of(found)));
    companion.passed(current.orElseThrow().url(), answer.head());
    if (isFollowed(answer.head())) {
      follow(answer);
      return;
    }
    if (answer.head().status() == 401
        && spec.credentials() instanceof HttpCredentials.ClientCredentials credentials) {
      tokens.forget(credentials);
    }
    Optional<Finding> fault = headFault(answer.head());
    if (fault.isPresent()) {
      attempt.failed(fault.get());
    } else {
      judgeBody(answer, answer.body().orElseThrow());
    }
  }

  /** A redirect is followed unless it is itself what is expected. */
  private boolean isFollowed(Answer.Head head) {
    return Redirection.isRedirect(head.status())
        && spec.redirects() > 0
        && !expect.acceptsStatus(head.status());
  }

  private void follow(Answer answer) {
    Outgoing from = current.orElseThrow();
    Redirection.Next next =
        Redirection.next(
            from,
            answer.head().status(),
            Optional.ofNullable(answer.head().headers().get(HttpHeaderNames.LOCATION)),
            hopAfter(from, answer.link()));
    switch (next) {
      case Redirection.Refused(Finding finding) -> attempt.failed(finding);
      case Redirection.Follow(Outgoing request) -> {
        if (spec.version() == HttpSpec.Version.HTTP_3 && !request.url().secure()) {
          attempt.failed(
              Reason.HTTP_REDIRECT_INVALID, request.url() + ", which HTTP/3 does not lead to");
        } else if (visited.contains(key(request))) {
          attempt.failed(Reason.HTTP_REDIRECT_LOOP, "back to " + request.url());
        } else if (redirects >= spec.redirects()) {
          attempt.failed(Reason.HTTP_REDIRECT_LIMIT, "more than " + spec.redirects());
        } else {
          redirects++;
          attempt.note(facts -> facts.withRedirects(redirects));
          request(request);
        }
      }
    }
  }

  /** Behind a proxy only an address literal shows where the redirecting server stands. */
  private static NetworkPolicy.Hop hopAfter(Outgoing from, Answer.Link link) {
    Optional<InetAddress> server =
        link.proxied() ? Cidr.literal(from.url().host()) : Optional.of(link.address());
    boolean stillInside = from.hop() != NetworkPolicy.Hop.REDIRECTED_BY_PUBLIC;
    return stillInside && server.filter(address -> !NetworkPolicy.isPublic(address)).isPresent()
        ? NetworkPolicy.Hop.REDIRECTED_BY_NON_PUBLIC
        : NetworkPolicy.Hop.REDIRECTED_BY_PUBLIC;
  }

  private Optional<Finding> headFault(Answer.Head head) {
    if (!expect.acceptsStatus(head.status())) {
      return Optional.of(
          new Finding(
              Reason.HTTP_STATUS,
              (head.status() + " " + head.phrase()).strip() + ", expected " + words(expect)));
    }
    for (Map.Entry<String, String> wanted : expect.header().entrySet()) {
      List<String> values = head.headers().getAll(wanted.getKey());
      String text = wanted.getValue().toLowerCase(Locale.ROOT);
      if (values.stream().noneMatch(value -> value.toLowerCase(Locale.ROOT).contains(text))) {
        String found = values.isEmpty() ? "absent" : "\"" + String.join("\", \"", values) + "\"";
        return Optional.of(
            new Finding(
                Reason.HTTP_HEADER_MISMATCH,
                wanted.getKey() + " is " + found + ", expected \"" + wanted.getValue() + "\""));
      }
    }
    return Optional.empty();
  }

  private static String words(HttpExpect expect) {
    return String.join(
        ", ",
        expect.status().stream()
            .map(
                range ->
                    range.first() == range.last()
                        ? String.valueOf(range.first())
                        : range.first() + "-" + range.last())
            .toList());
  }

  private void judgeBody(Answer answer, Body raw) {
    Answer.Head head = answer.head();
    boolean kept = companion.wantsContent(head);
    boolean needed = kept || !expect.body().isAnything();
    switch (ContentDecoding.decode(raw, codings(head), needed)) {
      case ContentDecoding.Refused(Finding finding) -> attempt.failed(finding);
      case ContentDecoding.Plain(Body body) -> {
        attempt.note(facts -> facts.withBodyBytes(body.size()));
        HttpCheck.Page page =
            new HttpCheck.Page(
                current.orElseThrow().url(),
                head,
                body,
                charset(head.headers()),
                hopAfter(current.orElseThrow(), answer.link()),
                attempt.deadline());
        if (needed) {
          attempt.reached(Layer.CONTENT);
          judgeContent(page, kept);
        } else {
          end(companion.judge(page));
        }
      }
    }
  }

  private void judgeContent(HttpCheck.Page page, boolean kept) {
    BodyExpect wanted = expect.body();
    boolean slow = kept || !wanted.matches().isEmpty() || !wanted.excludes().isEmpty();
    if (slow && page.body().size() > BodyJudge.QUICK_BYTES) {
      attempt.await(Reason.PROBE_OVERLOADED);
      tools
          .connector()
          .loops()
          .elsewhere(() -> fault(page))
          .onSuccess(fault -> attempt.onLoop(() -> end(fault)))
          .onFailure(bug -> attempt.onLoop(() -> attempt.broken(bug)));
    } else {
      end(fault(page));
    }
  }

  private Optional<Finding> fault(HttpCheck.Page page) {
    Optional<Finding> fault =
        expect.body().isAnything()
            ? Optional.empty()
            : BodyJudge.judge(page.body(), page.charset(), expect.body(), page.deadline());
    return fault.or(() -> companion.judge(page));
  }

  private void end(Optional<Finding> fault) {
    fault.ifPresentOrElse(attempt::failed, this::judgeTime);
  }

  private void judgeTime() {
    java.time.Duration took = attempt.timings().total();
    if (expect.latencyFail().filter(limit -> took.compareTo(limit) > 0).isPresent()) {
      attempt.failed(Reason.HTTP_SLOW, took.toMillis() + " ms");
      return;
    }
    boolean slow = expect.latencyWarn().filter(limit -> took.compareTo(limit) > 0).isPresent();
    Optional<Finding> found =
        warning.or(
            () ->
                slow
                    ? Optional.of(new Finding(Reason.HTTP_SLOW, took.toMillis() + " ms"))
                    : Optional.empty());
    found.ifPresentOrElse(attempt::degraded, attempt::up);
  }

  private static List<String> codings(Answer.Head head) {
    return ContentDecoding.codings(head.headers().getAll(HttpHeaderNames.CONTENT_ENCODING));
  }

  private static Charset charset(HttpHeaders headers) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    return type == null
        ? StandardCharsets.UTF_8
        : HttpUtil.getCharset(type, StandardCharsets.UTF_8);
  }
}
