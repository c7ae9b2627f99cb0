package parallax.probe.blackbox.module;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * A request and what is expected of its answer.
 *
 * @param body empty: none
 * @param skipsResolving whether names are left to the proxy
 * @param http3 whether the request must go over HTTP/3
 */
public record HttpModule(
    String method,
    List<HttpClientSettings.Header> headers,
    Optional<Value> body,
    HttpClientSettings client,
    IpChoice ip,
    boolean skipsResolving,
    boolean http3,
    Expectations expect)
    implements ProbeModule.Kind {
  public HttpModule {
    headers = List.copyOf(headers);
  }

  @Override
  public String prober() {
    return "http";
  }

  /** The same with other headers. */
  public HttpModule withHeaders(List<HttpClientSettings.Header> others) {
    return new HttpModule(method, others, body, client, ip, skipsResolving, http3, expect);
  }

  /**
   * What is expected of an answer.
   *
   * @param statuses empty: 200 to 299
   * @param versions empty: any
   * @param bodyLimit in bytes; 0: none but our own
   */
  public record Expectations(
      List<Integer> statuses,
      List<String> versions,
      boolean notTls,
      boolean tls,
      HeaderRules headers,
      BodyRules body,
      Coding coding,
      long bodyLimit) {
    public Expectations {
      statuses = List.copyOf(statuses);
      versions = List.copyOf(versions);
    }
  }

  /** What header fields must not, and must, look like. */
  public record HeaderRules(List<HeaderRule> fatal, List<HeaderRule> needed) {
    public HeaderRules {
      fatal = List.copyOf(fatal);
      needed = List.copyOf(needed);
    }

    public boolean isEmpty() {
      return fatal.isEmpty() && needed.isEmpty();
    }
  }

  /** One header field. */
  public record HeaderRule(String header, Pattern pattern, boolean mayBeMissing) {}

  /** What the body must not, and must, look like. */
  public record BodyRules(
      List<Pattern> fatal,
      List<Pattern> needed,
      Optional<Condition> fatalCondition,
      Optional<Condition> neededCondition) {
    public BodyRules {
      fatal = List.copyOf(fatal);
      needed = List.copyOf(needed);
    }

    public boolean hasPatterns() {
      return !fatal.isEmpty() || !needed.isEmpty();
    }

    public boolean hasConditions() {
      return fatalCondition.isPresent() || neededCondition.isPresent();
    }
  }

  /** A condition on a JSON document. */
  public interface Condition {
    /** As written. */
    String text();

    /**
     * Whether it holds.
     *
     * @param json the document
     * @throws IllegalArgumentException when that cannot be said: not JSON, no such field
     */
    boolean holds(byte[] json);
  }

  /** What the body is packed with. */
  public enum Coding {
    UNSAID,
    IDENTITY,
    GZIP,
    DEFLATE,
    /** Brotli (RFC 7932). */
    BR
  }
}
