package parallax.config.observation.seen;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.text.PrintableText;

/**
 * The certificates that a server sent, as far as they are shown.
 *
 * @param certificates as sent, the server's own first, at most {@link #MAX_CERTIFICATES}
 * @param more how many were sent beyond these
 * @param fault what is wrong with them, in words, at most {@link #MAX_FAULT} characters
 */
public record ChainSeen(List<Certificate> certificates, int more, Optional<String> fault) {
  /** More certificates than this are counted. */
  public static final int MAX_CERTIFICATES = 6;

  /** More names of one certificate than this are counted. */
  public static final int MAX_NAMES = 8;

  /** Longer texts are cut, in UTF-16 code units. */
  public static final int MAX_TEXT = 120;

  /** Longer faults are cut, in UTF-16 code units. */
  public static final int MAX_FAULT = 300;

  public ChainSeen {
    more = Math.max(0, more) + Math.max(0, certificates.size() - MAX_CERTIFICATES);
    certificates = certificates.stream().limit(MAX_CERTIFICATES).toList();
    fault = fault.map(text -> PrintableText.bounded(text, MAX_FAULT));
  }

  /** The same certificates with what is wrong with them, if anything is. */
  public ChainSeen with(Optional<String> words) {
    return new ChainSeen(certificates, more, words);
  }

  /**
   * One certificate (RFC 5280 section 4.1).
   *
   * @param subject a distinguished name (RFC 2253)
   * @param names that it is for, at most {@link #MAX_NAMES}
   * @param moreNames how many there are beyond these
   * @param key kind and size: {@code RSA 2048}
   * @param signature the algorithm: {@code SHA256withRSA}
   */
  public record Certificate(
      String subject,
      String issuer,
      List<String> names,
      int moreNames,
      Instant notBefore,
      Instant notAfter,
      String key,
      String signature) {
    public Certificate {
      subject = PrintableText.bounded(subject, MAX_TEXT);
      issuer = PrintableText.bounded(issuer, MAX_TEXT);
      moreNames = Math.max(0, moreNames) + Math.max(0, names.size() - MAX_NAMES);
      names =
          names.stream()
              .limit(MAX_NAMES)
              .map(name -> PrintableText.bounded(name, MAX_TEXT))
              .toList();
      key = PrintableText.bounded(key, MAX_TEXT);
      signature = PrintableText.bounded(signature, MAX_TEXT);
    }
  }
}
