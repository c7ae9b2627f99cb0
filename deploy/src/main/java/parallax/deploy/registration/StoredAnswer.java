package parallax.deploy.registration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import parallax.probe.registration.Limits;
import parallax.probe.registration.Registration;
import parallax.probe.registration.rdap.RdapReader;
import parallax.probe.registration.whois.WhoisReader;
import parallax.probe.registration.whois.table.WhoisTables;

/**
 * An answer of a registry in a file.
 *
 * @param tld the suffix that was asked of
 * @param rdap whether it is RDAP's JSON instead of WHOIS text
 */
record StoredAnswer(String tld, boolean rdap, Path file) {
  Registration read() throws IOException {
    byte[] answer;
    try (InputStream in = Files.newInputStream(file)) {
      answer = in.readNBytes(Limits.MAX_ANSWER_BYTES + 1);
    }
    return rdap
        ? new RdapReader().read(answer)
        : new WhoisReader(WhoisTables.shipped()).read(answer, tld);
  }
}
