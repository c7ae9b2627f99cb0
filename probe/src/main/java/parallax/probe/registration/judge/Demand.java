package parallax.probe.registration.judge;

import java.time.ZoneId;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.probe.registration.whois.table.WhoisTables;

/**
 * What is demanded of a domain.
 *
 * @param domain the registrable name
 * @param suffix of its registry
 */
public record Demand(String domain, String suffix, RegistrationPolicy policy) {
  /** Whose days are meant where a date has no time. */
  ZoneId zone() {
    return WhoisTables.shipped().registry(suffix).dates().zone();
  }
}
