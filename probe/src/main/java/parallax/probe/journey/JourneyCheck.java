package parallax.probe.journey;

import io.vertx.core.Future;
import java.util.function.Supplier;
import parallax.config.check.HttpSpec;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.http.HttpCheck;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * Makes requests one after another, each over a connection of its own, up to the first that fails.
 * Cookies and captured values are of one run and gone with it.
 */
public final class JourneyCheck implements Check<HttpSpec.Journey> {
  private final HttpCheck http;
  private final Supplier<PublicSuffixes> suffixes;

  /**
   * @param suffixes that no cookie is for
   */
  public JourneyCheck(HttpCheck http, Supplier<PublicSuffixes> suffixes) {
    this.http = http;
    this.suffixes = suffixes;
  }

  @Override
  public Future<CheckResult> run(HttpSpec.Journey spec, Deadline deadline) {
    return new JourneyRun(http, suffixes.get(), spec, deadline).start();
  }
}
