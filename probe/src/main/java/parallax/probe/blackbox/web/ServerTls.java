package parallax.probe.blackbox.web;

import java.util.List;
import java.util.Optional;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.config.problem.Place;
import parallax.probe.blackbox.module.Value;

/**
 * How pages are served over TLS: {@code tls_server_config}.
 *
 * @param place where it stands in the file
 * @param certificate the chain, in PEM
 * @param key its key, in PEM
 * @param authorities who vouches for clients, in PEM; empty: the CAs of the JDK
 * @param names one of which a client's certificate must carry; empty: any will do
 * @param ciphers of TLS 1.2; empty: the usual ones
 * @param groups for the exchange of keys, the preferred first; empty: the usual ones
 */
public record ServerTls(
    Place place,
    Value certificate,
    Value key,
    Clients clients,
    Optional<Value> authorities,
    List<String> names,
    TlsVersion oldest,
    TlsVersion newest,
    List<String> ciphers,
    List<String> groups) {
  public ServerTls {
    names = List.copyOf(names);
    ciphers = List.copyOf(ciphers);
    groups = List.copyOf(groups);
  }

  /** What is asked of clients; as Go calls it. */
  public enum Clients {
    /** No certificate. */
    NONE("NoClientCert", false, false),
    /** One if they have it, whoever vouches for it. */
    ASKED("RequestClientCert", false, false),
    /** One, whoever vouches for it. */
    ANY("RequireAnyClientCert", true, false),
    /** A good one if they have one. */
    GOOD_IF_GIVEN("VerifyClientCertIfGiven", false, true),
    /** A good one. */
    GOOD("RequireAndVerifyClientCert", true, true);

    private final String word;
    private final boolean required;
    private final boolean verified;

    Clients(String word, boolean required, boolean verified) {
      this.word = word;
      this.required = required;
      this.verified = verified;
    }

    String word() {
      return word;
    }

    /** Whether nobody comes in without one. */
    boolean isRequired() {
      return required;
    }

    /** Whether somebody must vouch for it. */
    boolean isVerified() {
      return verified;
    }
  }
}
