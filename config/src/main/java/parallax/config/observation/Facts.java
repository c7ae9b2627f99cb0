package parallax.config.observation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a check saw beside its outcome: the raw facts behind a verdict. Absent where the check did
 * not get that far.
 *
 * @param address the address that was connected to, without port
 * @param httpStatus the final status code
 * @param httpVersion "1.1" or "2"
 * @param tlsVersion "TLSv1.3"
 * @param certificateExpiry the earliest notAfter of the chain that the server sent
 * @param issuer who issued the server's own certificate, trusted or not: the organisation, or the
 *     common name where there is none; at most {@link #MAX_ISSUER} characters
 * @param redirects how many redirects were followed
 * @param bodyBytes bytes of body read, decoded
 * @param answers DNS answers in presentation form, sorted, at most {@link #MAX_ANSWERS}
 * @param canonicalNames the chain of aliases that names led through (RFC 1034 section 3.6.2), in
 *     lower case, without the last dot, no two the same, at most {@link #MAX_CANONICAL_NAMES}
 */
public record Facts(
    Optional<String> address,
    Optional<Integer> httpStatus,
    Optional<String> httpVersion,
    Optional<String> tlsVersion,
    Optional<Instant> certificateExpiry,
    Optional<String> issuer,
    int redirects,
    Optional<Long> bodyBytes,
    List<String> answers,
    List<String> canonicalNames) {

  /** More answers than this are dropped. */
  public static final int MAX_ANSWERS = 64;

  /** Longer names of issuers are cut, in UTF-16 code units. */
  public static final int MAX_ISSUER = 100;

  /** More canonical names than this are dropped. */
  public static final int MAX_CANONICAL_NAMES = 16;

  /** The longest name (RFC 1035 section 2.3.4), written without escapes. */
  private static final int MAX_NAME = 253;

  public static final Facts NONE =
      new Facts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          List.of(),
          List.of());

  public Facts {
    answers =
        answers.stream()
            .limit(MAX_ANSWERS)
            .map(answer -> Printable.bounded(answer, Finding.MAX_DETAIL))
            .sorted()
            .toList();
    issuer = issuer.map(name -> Printable.bounded(name, MAX_ISSUER));
    canonicalNames =
        canonicalNames.stream()
            .map(name -> Printable.bounded(name, MAX_NAME))
            .distinct()
            .limit(MAX_CANONICAL_NAMES)
            .toList();
  }

  public Facts withAddress(String value) {
    return new Facts(
        Optional.of(value),
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        bodyBytes,
        answers,
        canonicalNames);
  }

  public Facts withHttp(int status, String version) {
    return new Facts(
        address,
        Optional.of(status),
        Optional.of(version),
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        bodyBytes,
        answers,
        canonicalNames);
  }

  public Facts withTls(String version, Optional<Instant> expiry) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        Optional.of(version),
        expiry,
        issuer,
        redirects,
        bodyBytes,
        answers,
        canonicalNames);
  }

  public Facts withIssuer(String name) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        Optional.of(name),
        redirects,
        bodyBytes,
        answers,
        canonicalNames);
  }

  public Facts withRedirects(int count) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        count,
        bodyBytes,
        answers,
        canonicalNames);
  }

  public Facts withBodyBytes(long bytes) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        Optional.of(bytes),
        answers,
        canonicalNames);
  }

  public Facts withAnswers(List<String> values) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        bodyBytes,
        values,
        canonicalNames);
  }

  public Facts withCanonicalNames(List<String> names) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        bodyBytes,
        answers,
        names);
  }
}
