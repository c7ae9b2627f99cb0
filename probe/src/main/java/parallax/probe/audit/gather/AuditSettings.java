package parallax.probe.audit.gather;

import java.time.Duration;
import java.util.List;
import parallax.config.check.Naming;
import parallax.config.text.UrlText;

/**
 * How an audit asks.
 *
 * @param statusPages that are no targets
 * @param naming who is asked for names where targets say nothing else
 * @param perQuestion how long one resolver is waited for, or one certificate
 * @param whole how long all of it may take
 */
public record AuditSettings(
    List<UrlText> statusPages, Naming naming, Duration perQuestion, Duration whole) {
  public AuditSettings {
    statusPages = List.copyOf(statusPages);
  }
}
