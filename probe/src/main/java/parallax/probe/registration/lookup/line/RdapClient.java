package parallax.probe.registration.lookup.line;

import io.vertx.core.Future;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.rdap.RdapLinks;

/**
 * Asks RDAP servers over HTTP (RFC 7480). Redirects are followed three times at most, never to
 * plain HTTP from HTTPS, and each is judged by the network policy.
 */
public final class RdapClient {
  static final int MAX_REDIRECTS = 3;

  private static final Map<String, String> ACCEPT =
      Map.of("Accept", "application/rdap+json, application/json;q=0.9");
  private static final int LEAST_REDIRECT = 300;
  private static final int LAST_REDIRECT = 399;
  private static final int NOT_MODIFIED = 304;

  private final HttpFetch fetch;

  public RdapClient(HttpFetch fetch) {
    this.fetch = fetch;
  }

  /** The address of the record of {@code domain} (RFC 9082 section 3.1.3). */
  public static URI record(URI base, String domain) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + "domain/" + domain);
  }

  /** Asks for a record. Fails when there is no last answer. */
  public Future<HttpReply> get(URI from, Hop hop, Deadline deadline) {
    return get(from, ACCEPT, hop, deadline, MAX_REDIRECTS);
  }

  /** Asks for a file that is newer than what is known {@code by}. Fails as above. */
  public Future<HttpReply> newer(URI from, Validators by, Hop hop, Deadline deadline) {
    return get(from, by.conditions(), hop, deadline, MAX_REDIRECTS);
  }

  private Future<HttpReply> get(
      URI from, Map<String, String> headers, Hop hop, Deadline deadline, int redirects) {
    return fetch
        .get(from, headers, hop, deadline)
        .compose(
            reply -> {
              int status = reply.status();
              boolean redirect =
                  status >= LEAST_REDIRECT && status <= LAST_REDIRECT && status != NOT_MODIFIED;
              if (!redirect) {
                return Future.succeededFuture(reply);
              }
              Optional<URI> to = reply.location().flatMap(text -> next(from, text));
              if (to.isEmpty() || redirects == 0) {
                String why =
                    redirects == 0 ? " redirects too often" : " redirects to no usable address";
                return Future.failedFuture(new Unreached(from.getHost() + why));
              }
              return get(to.get(), headers, after(reply, hop), deadline, redirects - 1);
            });
  }

  /** Where {@code location} leads, when that may be followed. */
  static Optional<URI> next(URI from, String location) {
    Optional<URI> to;
    try {
      to = RdapLinks.webAddress(from.resolve(location.strip()).toString());
    } catch (IllegalArgumentException notOne) {
      to = Optional.empty();
    }
    boolean wasSecure = isSecure(from);
    return to.filter(uri -> isSecure(uri) || !wasSecure);
  }

  public static boolean isSecure(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
  }

  /** How a further step from this answer is judged. */
  static Hop after(HttpReply reply, Hop hop) {
    return hop == Hop.REDIRECTED_BY_PUBLIC ? hop : Reach.after(reply.address());
  }
}
