package parallax.probe.http;

import io.vertx.core.Future;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.Callable;
import parallax.config.check.HttpSpec;
import parallax.config.observation.Finding;
import parallax.config.secret.Secret;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.http.body.Body;
import parallax.probe.http.body.BodyWindow;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.TlsClient;

/**
 * Makes an HTTP request over a fresh connection and judges the answer: resolve, connect, TLS, HTTP
 * and content, up to the first that fails. A redirect is followed unless its status is expected.
 * Without expectations on the body at most {@link parallax.probe.http.body.BodyWindow#MAX_BYTES} of
 * it are read, and that is enough.
 */
public final class HttpCheck implements Check<HttpSpec> {
  private final Exchange.Tools tools;
  private final AccessTokens tokens;

  /**
   * @param userAgent sent unless the target has its own: "Parallax/1.0"
   */
  public HttpCheck(Connector connector, TlsClient tls, String userAgent) {
    this.tools = new Exchange.Tools(connector, tls, userAgent);
    this.tokens = new AccessTokens(tools);
  }

  /**
   * Who goes along with a request: says more of it than a target does and sees more of it than a
   * result. Called by one thread at a time, never by two at once.
   */
  public interface Companion {
    /** Nobody. */
    Companion NONE = new Companion() {};

    /** How the check came to want the first server. */
    default NetworkPolicy.Hop hop() {
      return NetworkPolicy.Hop.CONFIGURED;
    }

    /** The value of the Cookie header for this URL; empty for none. */
    default Optional<Secret> cookies(HttpUrl to) {
      return Optional.empty();
    }

    /** An answer has come, that of a redirect included. */
    default void passed(HttpUrl from, Answer.Head head) {}

    /** Whether {@link #judge} has to see the bytes of the body. */
    default boolean wantsContent(Answer.Head head) {
      return false;
    }

    /** How many bytes of a body are read at most. */
    default int maxBodyBytes() {
      return BodyWindow.MAX_BYTES;
    }

    /**
     * What is wrong with the last answer, which is otherwise as expected. May be called away from
     * the event loops, where it may compute for long.
     */
    default Optional<Finding> judge(Page page) {
      return Optional.empty();
    }
  }

  /**
   * The last answer.
   *
   * @param url that it came from, after redirects
   * @param body decoded; without its bytes where they were not wanted
   * @param next how a server is come to that this answer names
   */
  public record Page(
      HttpUrl url,
      Answer.Head head,
      Body body,
      Charset charset,
      NetworkPolicy.Hop next,
      Deadline deadline) {}

  @Override
  public Future<CheckResult> run(HttpSpec spec, Deadline deadline) {
    return run(spec, deadline, Companion.NONE);
  }

  /** The same, with somebody who goes along. */
  public Future<CheckResult> run(HttpSpec spec, Deadline deadline, Companion companion) {
    return Attempt.start(
            tools.connector().loops(),
            deadline,
            attempt -> new HttpRun(tools, tokens, spec, companion, attempt).start())
        .result();
  }

  /** Computes something for long, away from the event loops. */
  public <T> Future<T> elsewhere(Callable<T> work) {
    return tools.connector().loops().elsewhere(work);
  }
}
