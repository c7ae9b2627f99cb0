package parallax.probe.blackbox.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parallax.config.check.HttpSpec;
import parallax.config.secret.Secret;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;

/** Cookies of one journey (RFC 6265): given back to whom they came from. */
final class Cookies {
  private final CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);

  void take(HttpUrl from, HttpHeaders headers) {
    List<String> set = headers.getAll(HttpHeaderNames.SET_COOKIE);
    if (!set.isEmpty()) {
      try {
        jar.put(URI.create(from.toString()), Map.of("Set-Cookie", set));
      } catch (IOException | IllegalArgumentException odd) {
        // A cookie that cannot be read is none.
        return;
      }
    }
  }

  /**
   * The request with the cookies that belong to it.
   *
   * @param asked whom it goes to
   */
  Outgoing give(Outgoing request, HttpUrl asked) {
    List<String> own;
    try {
      own = jar.get(URI.create(asked.toString()), Map.of()).getOrDefault("Cookie", List.of());
    } catch (IOException | IllegalArgumentException odd) {
      return request;
    }
    if (own.isEmpty()) {
      return request;
    }
    List<HttpSpec.Header> headers = new ArrayList<>(request.headers());
    headers.add(new HttpSpec.Header("Cookie", Secret.of(String.join("; ", own))));
    return new Outgoing(
        request.url(),
        request.method(),
        headers,
        request.body(),
        request.authorization(),
        request.tls(),
        request.hop());
  }
}
