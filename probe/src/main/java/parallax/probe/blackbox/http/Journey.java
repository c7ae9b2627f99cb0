package parallax.probe.blackbox.http;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.probe.blackbox.look.Dial;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.TlsFacts;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.TlsSettings;
import parallax.probe.http.Answer;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;
import parallax.probe.net.AddressText;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.TlsClient;

/** From the first request over redirects to the last answer. */
final class Journey {
  /** As the exporter has it: the eleventh is the answer. */
  static final int MAX_REDIRECTS = 10;

  /** Of a body that is only counted, no more than that is read. */
  private static final int MAX_COUNTED = 1 << 30;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Left behind at another host, as Go does. */
  private static final Set<String> FOR_ONE_HOST =
      Set.of("authorization", "www-authenticate", "cookie", "cookie2", "proxy-authorization");

  private final Exchange.Tools tools;
  private final Tokens tokens;
  private final HttpModule module;
  private final Sight sight;
  private final Cookies cookies = new Cookies();
  private int redirects;
  private Optional<String> cut = Optional.empty();

  Journey(Exchange.Tools tools, Tokens tokens, HttpModule module, Sight sight) {
    this.tools = tools;
    this.tokens = tokens;
    this.module = module;
    this.sight = sight;
  }

  /**
   * The last answer.
   *
   * @param unread whether its body is out of bounds, as that of a redirect that is not followed
   * @param cut why the body ended too early
   */
  record End(Answer answer, boolean unread, Optional<String> cut, boolean tooLarge, long length) {}

  int redirects() {
    return redirects;
  }

  /**
   * Goes all the way.
   *
   * @param at the address of the first host, unless a proxy resolves it
   */
  End go(HttpUrl first, Optional<InetAddress> at) throws Unseen {
    Outgoing request = new Requests(module, tokens, sight).first(first, tools);
    Optional<InetAddress> address = at;
    boolean atFirst = true;
    while (true) {
      HttpUrl asked = address.map(pinned(request.url())).orElse(request.url());
      Answer answer = exchange(cookies.give(request, asked), address, atFirst);
      cookies.take(asked, answer.head().headers());
      Optional<HttpUrl> next = redirect(request, answer.head());
      if (next.isEmpty() || cut.isPresent()) {
        return end(answer, false);
      }
      redirects++;
      sight.log().info("Received redirect", "location", next.get());
      if (redirects > MAX_REDIRECTS || !module.client().followRedirects()) {
        sight.log().info("Not following redirect");
        return end(answer, true);
      }
      if (!staysThere(answer.head(), next.get(), asked)) {
        address = Optional.empty();
        atFirst = false;
      }
      request = following(request, next.get(), answer);
    }
  }

  /** The exporter asks the first host by its address: so its cookies belong to that. */
  private static java.util.function.Function<InetAddress, HttpUrl> pinned(HttpUrl url) {
    return address -> new HttpUrl(url.secure(), AddressText.of(address), url.port(), url.target());
  }

  /** Whether a redirect names no host, or that very address. */
  private static boolean staysThere(Answer.Head head, HttpUrl to, HttpUrl asked) {
    String location = head.headers().get(HttpHeaderNames.LOCATION, "");
    return !location.matches("(?i)(https?:)?//.*") || to.origin().equals(asked.origin());
  }

  private Optional<HttpUrl> redirect(Outgoing from, Answer.Head head) throws Unseen {
    Optional<String> location = location(head);
    if (!REDIRECTS.contains(head.status()) || location.isEmpty()) {
      return Optional.empty();
    }
    Optional<HttpUrl> url = from.url().locate(location.get()).flatMap(HttpUrl::of);
    if (url.isEmpty()) {
      throw Sight.unseen(
          parallax.config.observation.Reason.HTTP_REDIRECT_INVALID,
          "failed to parse Location header");
    }
    return url;
  }

  /** An empty one is none. */
  private static Optional<String> location(Answer.Head head) {
    return Optional.ofNullable(head.headers().get(HttpHeaderNames.LOCATION))
        .filter(text -> !text.isBlank());
  }

  /** RFC 9110 section 15.4, as Go's client reads it. */
  private Outgoing following(Outgoing from, HttpUrl to, Answer answer) {
    int status = answer.head().status();
    boolean same = status == 307 || status == 308;
    boolean safe = from.method().equals("GET") || from.method().equals("HEAD");
    boolean sameOrigin = to.origin().equals(from.url().origin());
    boolean sameHost = to.host().equals(from.url().host());
    List<HttpSpec.Header> headers =
        from.headers().stream()
            .filter(header -> sameOrigin || !lower(header).equals("host"))
            .filter(header -> sameHost || !FOR_ONE_HOST.contains(lower(header)))
            .filter(header -> same || !lower(header).startsWith("content-"))
            .toList();
    return new Outgoing(
        to,
        same || safe ? from.method() : "GET",
        headers,
        same ? from.body() : Optional.empty(),
        sameHost ? from.authorization() : Optional.empty(),
        from.tls(),
        NetworkPolicy.isPublic(answer.link().address())
            ? NetworkPolicy.Hop.REDIRECTED_BY_PUBLIC
            : NetworkPolicy.Hop.REDIRECTED_BY_NON_PUBLIC);
  }

  private static String lower(HttpSpec.Header header) {
    return header.name().toLowerCase(Locale.ROOT);
  }

  private End end(Answer answer, boolean unread) {
    boolean complete = answer.body().map(body -> body.complete()).orElse(true);
    long length = Lengths.of(answer.head().headers(), module.method(), answer);
    return new End(answer, unread, cut, !complete && !unread, length);
  }

  private Answer exchange(Outgoing request, Optional<InetAddress> at, boolean known) throws Unseen {
    sight
        .log()
        .info("Making HTTP request", "url", request.url(), "host", request.url().authority());
    TlsSettings settings =
        known ? Requests.forFirst(module, request) : module.client().tls().withoutName();
    TlsClient.Terms terms = Dial.terms(sight, request.url().host(), settings, List.of());
    Optional<HttpSpec.ProxyAddress> proxy = Proxies.towards(request.url(), module.client().proxy());
    Exchange.Way way =
        new Exchange.Way(
            version(),
            proxy,
            Naming.SYSTEM,
            terms.trust(),
            TlsFacts.leniency(settings),
            at.map(address -> new ServerAddress(AddressText.of(address), request.url().port())));
    Outgoing secured =
        new Outgoing(
            request.url(),
            request.method(),
            request.headers(),
            request.body(),
            request.authorization(),
            terms.policy(),
            request.hop());
    Ear ear = new Ear();
    try {
      return sight.await(
          done -> {
            ear.whenAnswered = done::complete;
            new Exchange(tools, sight.attempt(), way, secured, ear).start(UnaryOperator.identity());
          });
    } catch (Unseen unseen) {
      if (ear.head.isEmpty()) {
        throw unseen;
      }
      cut = Optional.of(unseen.finding().words());
      return new Answer(
          ear.head.get(), Optional.empty(), ear.link.orElseThrow(), EmptyHttpHeaders.INSTANCE);
    }
  }

  private HttpSpec.Version version() {
    if (module.http3()) {
      return HttpSpec.Version.HTTP_3;
    }
    return module.client().http2() ? HttpSpec.Version.ANY : HttpSpec.Version.HTTP_1_1;
  }

  /** Reads no more of an answer than matters. */
  private final class Ear implements Answer.Listener {
    private volatile java.util.function.Consumer<Answer> whenAnswered = _ -> {};
    private volatile Optional<Answer.Head> head = Optional.empty();
    private volatile Optional<Answer.Link> link = Optional.empty();

    @Override
    public void sending(Answer.Link over) {
      link = Optional.of(over);
    }

    @Override
    public int maxBodyBytes() {
      long limit = module.expect().bodyLimit();
      int most = keeps() ? Contents.MAX_KEPT : MAX_COUNTED;
      boolean packed = module.expect().coding() != HttpModule.Coding.UNSAID;
      return limit > 0 && !packed ? (int) Math.min(limit + 1, most) : most;
    }

    private boolean keeps() {
      return module.expect().body().hasPatterns()
          || module.expect().body().hasConditions()
          || module.expect().coding() != HttpModule.Coding.UNSAID;
    }

    @Override
    public boolean wantsBody(Answer.Head head) {
      this.head = Optional.of(head);
      return !REDIRECTS.contains(head.status()) || location(head).isEmpty();
    }

    @Override
    public boolean keepsBody(Answer.Head head) {
      return keeps();
    }

    @Override
    public void answered(Answer answer) {
      whenAnswered.accept(answer);
    }
  }
}
