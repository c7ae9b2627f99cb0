package parallax.config.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.check.http.PageRules;
import parallax.config.check.journey.JourneyStep;
import parallax.config.secret.Secret;

/**
 * Makes an HTTP request over a fresh connection and judges the answer (RFC 9110).
 *
 * @param url absolute, http or https, without user info and fragment
 * @param method in upper case
 * @param headers sent in this order; values may hold secrets
 * @param version which protocol versions are offered
 * @param redirects how many are followed; 0 judges the redirect itself
 * @param tls also for https that a redirect leads to
 */
public record HttpSpec(
    URI url,
    String method,
    List<Header> headers,
    Optional<Secret> body,
    HttpExpect expect,
    HttpCredentials credentials,
    Version version,
    int redirects,
    TlsPolicy tls,
    Optional<ProxyAddress> proxy,
    Naming naming,
    Duration timeout)
    implements CheckSpec {

  /** How many redirects are followed unless configured otherwise. */
  public static final int DEFAULT_REDIRECTS = 5;

  /** The most redirects that can be configured. */
  public static final int MAX_REDIRECTS = 10;

  public HttpSpec {
    headers = List.copyOf(headers);
    if (redirects < 0 || redirects > MAX_REDIRECTS) {
      throw new IllegalArgumentException("redirects must be 0 to 10: " + redirects);
    }
  }

  @Override
  public CheckKind kind() {
    return CheckKind.HTTP;
  }

  /** A request header. */
  public record Header(String name, Secret value) {}

  /** Which protocol versions are offered. */
  public enum Version {
    /** HTTP/2 where the server agrees (ALPN), else HTTP/1.1. */
    ANY,
    HTTP_1_1,
    HTTP_2,
    /** Over QUIC alone (RFC 9114): nothing is said over TCP. Of https, and through no proxy. */
    HTTP_3
  }

  /** A forward proxy (CONNECT for https), with credentials where it asks for them. */
  public record ProxyAddress(ServerAddress server, Optional<HttpCredentials.Basic> credentials) {}

  /**
   * Makes requests one after another, with cookies and captured values carried over, and judges
   * each answer.
   *
   * @param steps at least one
   * @param tls certificate and name of the client go to the origin of the first step only
   * @param timeout of all steps together
   */
  public record Journey(
      List<JourneyStep> steps,
      Version version,
      TlsPolicy tls,
      Optional<ProxyAddress> proxy,
      Naming naming,
      Duration timeout)
      implements CheckSpec {
    public Journey {
      steps = List.copyOf(steps);
      if (steps.isEmpty() || steps.size() > JourneyStep.MAX_STEPS) {
        throw new IllegalArgumentException("a journey has 1 to 20 steps: " + steps.size());
      }
      if (steps.getFirst().origin().isEmpty()) {
        throw new IllegalArgumentException("the first step has no host");
      }
    }

    /** Whether no step names an https URL. */
    public boolean isPlain() {
      return steps.stream()
          .flatMap(step -> step.origin().stream())
          .noneMatch(origin -> origin.regionMatches(true, 0, "https:", 0, "https:".length()));
    }

    /** Where it begins: scheme, host and port of the first step. */
    public URI home() {
      return URI.create(steps.getFirst().origin().orElseThrow() + "/");
    }

    @Override
    public CheckKind kind() {
      return CheckKind.JOURNEY;
    }
  }

  /**
   * Fetches what an OpenID provider says of itself (OpenID Connect Discovery 1.0 section 4) and its
   * keys (RFC 7517), and judges both.
   *
   * @param issuer an https URL without query and fragment
   */
  public record Openid(
      URI issuer,
      Version version,
      TlsPolicy tls,
      Optional<ProxyAddress> proxy,
      Naming naming,
      Duration timeout)
      implements CheckSpec {
    @Override
    public CheckKind kind() {
      return CheckKind.OPENID;
    }
  }

  /**
   * Fetches an HTML page and all that it loads, as far as that shows without running scripts.
   *
   * @param page the request for the page itself, its timeout that of all together
   * @param pace from one look to the next; empty: as often as the target, but not more often than
   *     {@link #LEAST_PACE}
   */
  public record Page(HttpSpec page, PageRules rules, Optional<Duration> pace) implements CheckSpec {
    /** All that a page loads is not fetched more often unless configured. */
    public static final Duration LEAST_PACE = Duration.ofMinutes(1);

    /** A page and all it loads is not given less time than this, unless configured. */
    public static final Duration LEAST_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public CheckKind kind() {
      return CheckKind.PAGE;
    }

    @Override
    public Duration timeout() {
      return page.timeout();
    }

    @Override
    public Duration interval(Duration ofTarget) {
      return pace.orElse(ofTarget.compareTo(LEAST_PACE) < 0 ? LEAST_PACE : ofTarget);
    }
  }
}
