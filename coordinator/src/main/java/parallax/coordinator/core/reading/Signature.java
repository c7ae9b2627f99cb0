package parallax.coordinator.core.reading;

import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.coordinator.core.verdict.Vote;

/**
 * What a block looks like to those behind it, when everybody else is fine. The reasons are those of
 * checks; where a reason alone would say too little, the words of the check are looked at.
 */
public enum Signature {
  /** RFC 7725: whoever answers says so. */
  LEGAL_REASONS("HTTP 451, unavailable for legal reasons"),
  /** RFC 9110 section 15.5.4: the service, or what protects it, wants nobody from there. */
  REFUSAL("HTTP 403, refused there and nowhere else"),
  /** As soon as the name of the service was sent: in the ClientHello, or in plain HTTP. */
  RESET("the connection is reset once the name is sent"),
  /** Resolvers there say other than the name's own servers. */
  OTHER_ANSWERS("resolvers there answer other than elsewhere"),
  /** Somebody else terminates TLS. */
  OTHER_CERTIFICATE("a certificate of an unknown issuer, seen only there");

  /** What a look that was made without TLS adds to its words. */
  public static final String IN_PLAIN = ", in plain HTTP";

  private static final String BEFORE = "before the answer";
  private static final String RESET_WORD = "reset";

  private final String words;

  Signature(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** What a failure looks like; empty when it looks like any other failure. */
  static Optional<Signature> of(Vote vote) {
    return vote.finding().flatMap(finding -> of(vote.check(), finding));
  }

  private static Optional<Signature> of(CheckKind check, Finding finding) {
    String detail = finding.detail();
    return switch (finding.reason()) {
      case HTTP_STATUS -> ofStatus(detail);
      case TLS_HANDSHAKE -> detail.contains(RESET_WORD) ? Optional.of(RESET) : Optional.empty();
      case HTTP_RESET ->
          detail.startsWith(BEFORE) && detail.endsWith(IN_PLAIN)
              ? Optional.of(RESET)
              : Optional.empty();
      case NXDOMAIN, NODATA, DNS_WRONG_ANSWER, DNS_BOGUS -> Optional.of(OTHER_ANSWERS);
      // A name server that is asked over TLS has its own certificates.
      case CERTIFICATE_UNTRUSTED_ISSUER, CERTIFICATE_SELF_SIGNED ->
          check == CheckKind.DNS ? Optional.empty() : Optional.of(OTHER_CERTIFICATE);
      default -> Optional.empty();
    };
  }

  /** The words of an unexpected status begin with it. */
  private static Optional<Signature> ofStatus(String detail) {
    return detail.startsWith("451")
        ? Optional.of(LEGAL_REASONS)
        : detail.startsWith("403") ? Optional.of(REFUSAL) : Optional.empty();
  }
}
