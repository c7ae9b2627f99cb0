package parallax.probe.tls.judge;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.probe.net.Cidr;

/**
 * Whether a certificate is for a host (RFC 9525). Only subject alternative names count, never the
 * common name; a wildcard stands for exactly one whole label, the leftmost; an address matches only
 * an iPAddress entry.
 */
final class ServerNames {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int SHOWN = 5;

  private ServerNames() {}

  static boolean cover(X509Certificate certificate, String host)
      throws CertificateParsingException {
    Optional<InetAddress> address = Cidr.literal(host);
    if (address.isPresent()) {
      return names(certificate, IP_ADDRESS).stream().map(Cidr::literal).anyMatch(address::equals);
    }
    String wanted = normal(host);
    return names(certificate, DNS_NAME).stream().anyMatch(name -> matches(normal(name), wanted));
  }

  /** The names it is for; none where they cannot be read. */
  static List<String> all(X509Certificate certificate) {
    try {
      List<String> names = new ArrayList<>(names(certificate, DNS_NAME));
      names.addAll(names(certificate, IP_ADDRESS));
      return List.copyOf(names);
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /** The names it is for, for people. */
  static String words(X509Certificate certificate) throws CertificateParsingException {
    List<String> names = new ArrayList<>(names(certificate, DNS_NAME));
    names.addAll(names(certificate, IP_ADDRESS));
    if (names.isEmpty()) {
      return "no name at all";
    }
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }

  private static boolean matches(String pattern, String host) {
    if (!pattern.startsWith("*.")) {
      return pattern.indexOf('*') < 0 && !pattern.isEmpty() && pattern.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equals(pattern.substring(1)) && pattern.length() > 2;
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static List<String> names(X509Certificate certificate, int type)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    return all == null
        ? List.of()
        : all.stream()
            .filter(entry -> entry.get(0).equals(type) && entry.get(1) instanceof String)
            .map(entry -> (String) entry.get(1))
            .toList();
  }
}
