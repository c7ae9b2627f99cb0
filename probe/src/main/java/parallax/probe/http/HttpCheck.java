package parallax.probe.http;

import io.vertx.core.Future;
import parallax.config.check.HttpSpec;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
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

  @Override
  public Future<CheckResult> run(HttpSpec spec, Deadline deadline) {
    return Attempt.start(
            tools.connector().loops(),
            deadline,
            attempt -> new HttpRun(tools, tokens, spec, attempt).start())
        .result();
  }
}
