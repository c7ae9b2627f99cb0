package parallax.probe.journey;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.secret.Secret;
import parallax.probe.http.HttpUrl;
import parallax.probe.net.Cidr;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * The cookies of one journey (RFC 6265, and the prefixes of RFC 6265bis section 4.1.3): given back
 * to whom they came from. No cookie is for a whole public suffix. Used by one thread at a time.
 */
final class CookieJar {
  /** More cookies than this are not kept; the oldest go first. */
  static final int MAX_COOKIES = 100;

  /** A longer name and value together is no cookie (RFC 6265 section 6.1). */
  static final int MAX_LENGTH = 4_096;

  private final PublicSuffixes suffixes;
  private final List<Kept> cookies = new ArrayList<>();

  /**
   * One cookie.
   *
   * @param domain in lower case, without a dot before it
   * @param hostOnly whether hosts below the domain do not get it
   */
  private record Kept(
      String name, String value, String domain, boolean hostOnly, String path, boolean secure) {
    boolean isSame(Kept other) {
      return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }
  }

  CookieJar(PublicSuffixes suffixes) {
    this.suffixes = suffixes;
  }

  /** Takes what an answer sets. */
  void take(HttpUrl from, HttpHeaders headers) {
    for (String line : headers.getAll(HttpHeaderNames.SET_COOKIE)) {
      Cookie cookie = line.length() > 2 * MAX_LENGTH ? null : ClientCookieDecoder.LAX.decode(line);
      if (cookie != null) {
        kept(from, cookie).ifPresent(kept -> put(kept, cookie.maxAge() <= 0 && isBound(cookie)));
      }
    }
  }

  private static boolean isBound(Cookie cookie) {
    return cookie.maxAge() != Cookie.UNDEFINED_MAX_AGE;
  }

  private void put(Kept cookie, boolean over) {
    cookies.removeIf(cookie::isSame);
    if (!over) {
      cookies.add(cookie);
    }
    if (cookies.size() > MAX_COOKIES) {
      cookies.removeFirst();
    }
  }

  private Optional<Kept> kept(HttpUrl from, Cookie cookie) {
    String value = cookie.value() == null ? "" : cookie.value();
    String written = cookie.domain() == null ? "" : cookie.domain().toLowerCase(Locale.ROOT);
    String domain = written.startsWith(".") ? written.substring(1) : written;
    boolean hostOnly = domain.isEmpty() || isNobodys(domain);
    if (hostOnly && !domain.isEmpty() && !domain.equals(from.host())) {
      return Optional.empty();
    }
    if (!hostOnly && !reaches(from.host(), domain)) {
      return Optional.empty();
    }
    boolean rooted = cookie.path() != null && cookie.path().startsWith("/");
    String path = rooted ? cookie.path() : folder(from.target());
    boolean tooLong = cookie.name().length() + value.length() > MAX_LENGTH;
    boolean secret = cookie.isSecure() || cookie.name().startsWith("__Secure-");
    boolean ofHost = cookie.name().startsWith("__Host-");
    boolean badHost = ofHost && (!cookie.isSecure() || !written.isEmpty() || !"/".equals(path));
    if (tooLong || badHost || (secret && (!from.secure() || !cookie.isSecure()))) {
      return Optional.empty();
    }
    return Optional.of(
        new Kept(
            cookie.name(),
            value,
            hostOnly ? from.host() : domain,
            hostOnly,
            path,
            cookie.isSecure()));
  }

  /** Whether a domain belongs to nobody in particular: a public suffix, or an address. */
  private boolean isNobodys(String domain) {
    return Cidr.literal(domain).isPresent() || suffixes.siteName(domain).isEmpty();
  }

  private static boolean reaches(String host, String domain) {
    return host.equals(domain) || (host.endsWith("." + domain) && Cidr.literal(host).isEmpty());
  }

  /** The path of a cookie that names none (RFC 6265 section 5.1.4). */
  private static String folder(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** What goes to this URL (RFC 6265 section 5.4), longer paths first; empty for nothing. */
  Optional<Secret> forUrl(HttpUrl to) {
    String text =
        cookies.stream()
            .filter(cookie -> isFor(cookie, to))
            .sorted(Comparator.comparingInt(cookie -> -cookie.path().length()))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
  }

  private static boolean isFor(Kept cookie, HttpUrl to) {
    boolean host =
        cookie.hostOnly() ? to.host().equals(cookie.domain()) : reaches(to.host(), cookie.domain());
    int query = to.target().indexOf('?');
    String path = query < 0 ? to.target() : to.target().substring(0, query);
    boolean below =
        path.equals(cookie.path())
            || (path.startsWith(cookie.path())
                && (cookie.path().endsWith("/") || path.charAt(cookie.path().length()) == '/'));
    return host && below && (to.secure() || !cookie.secure());
  }

  /** The value of the cookie of this name that was set last. */
  Optional<String> value(String name) {
    return cookies.reversed().stream()
        .filter(cookie -> cookie.name().equals(name))
        .map(Kept::value)
        .findFirst();
  }

  /** All values: they are secrets. */
  List<String> values() {
    return cookies.stream().map(Kept::value).toList();
  }
}
