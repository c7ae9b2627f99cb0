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
 * @param redirects how many redirects were followed
 * @param bodyBytes bytes of body read, decoded
 * @param answers DNS answers in presentation form, sorted, at most {@link #MAX_ANSWERS}
 */
public record Facts(
    Optional<String> address,
    Optional<Integer> httpStatus,
    Optional<String> httpVersion,
    Optional<String> tlsVersion,
    Optional<Instant> certificateExpiry,
    int redirects,
    Optional<Long> bodyBytes,
    List<String> answers) {

  /** More answers than this are dropped. */
  public static final int MAX_ANSWERS = 64;

  public static final Facts NONE =
      new Facts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          List.of());

  public Facts {
    answers =
        answers.stream()
            .limit(MAX_ANSWERS)
            .map(answer -> Printable.bounded(answer, Finding.MAX_DETAIL))
            .sorted()
            .toList();
  }

  public Facts withAddress(String value) {
    return new Facts(
        Optional.of(value),
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        redirects,
        bodyBytes,
        answers);
  }

  public Facts withHttp(int status, String version) {
    return new Facts(
        address,
        Optional.of(status),
        Optional.of(version),
        tlsVersion,
        certificateExpiry,
        redirects,
        bodyBytes,
        answers);
  }

  public Facts withTls(String version, Optional<Instant> expiry) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        Optional.of(version),
        expiry,
        redirects,
        bodyBytes,
        answers);
  }

  public Facts withRedirects(int count) {
    return new Facts(
        address, httpStatus, httpVersion, tlsVersion, certificateExpiry, count, bodyBytes, answers);
  }

  public Facts withBodyBytes(long bytes) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        redirects,
        Optional.of(bytes),
        answers);
  }

  public Facts withAnswers(List<String> values) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        redirects,
        bodyBytes,
        values);
  }
}
