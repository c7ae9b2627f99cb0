package parallax.probe.blackbox.look;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Names of certificates as Go writes them (RFC 2253, the parts in its own order). */
final class GoNames {
  private static final List<String> ORDER =
      List.of("SERIALNUMBER", "CN", "STREET", "L", "ST", "POSTALCODE", "OU", "O", "C");

  private static final Map<String, String> WORDS =
      Map.of("2.5.4.5", "SERIALNUMBER", "2.5.4.17", "POSTALCODE", "2.5.4.9", "STREET");

  private GoNames() {}

  static String of(X500Principal principal) {
    try {
      List<String> parts = new ArrayList<>();
      List<Rdn> rdns = new LdapName(principal.getName(X500Principal.RFC2253, WORDS)).getRdns();
      for (String type : ORDER) {
        List<String> values = new ArrayList<>();
        for (Rdn rdn : rdns) {
          if (rdn.getType().equalsIgnoreCase(type)) {
            values.add(type + "=" + Rdn.escapeValue(rdn.getValue()));
          }
        }
        if (!values.isEmpty()) {
          parts.add(String.join("+", values));
        }
      }
      return String.join(",", Collections.unmodifiableList(parts));
    } catch (InvalidNameException odd) {
      return principal.getName();
    }
  }
}
