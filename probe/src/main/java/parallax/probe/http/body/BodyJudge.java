package parallax.probe.http.body;

import com.google.re2j.Pattern;
import java.nio.charset.Charset;
import java.util.Optional;
import parallax.config.check.BodyExpect;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;

/**
 * Judges a decoded body. Of a body that is larger than the window only what the window tells is
 * judged; where it cannot tell, the body is too large.
 */
public final class BodyJudge {
  /** Bodies up to this size are matched at once; larger ones away from the event loop. */
  public static final int QUICK_BYTES = 16 * 1024;

  private static final int SHOWN = 80;

  private BodyJudge() {}

  /**
   * The first expectation that is not met: size, contains, matches, excludes, json.
   *
   * @param deadline stops the matching of patterns
   */
  public static Optional<Finding> judge(
      Body body, Charset charset, BodyExpect expect, Deadline deadline) {
    Optional<Finding> size = expect.size().flatMap(range -> size(body, range));
    if (size.isPresent()) {
      return size;
    }
    boolean asText =
        !expect.contains().isEmpty() || !expect.matches().isEmpty() || !expect.excludes().isEmpty();
    if (asText) {
      try {
        Optional<Finding> text =
            text(new String(body.bytes(), charset), body.complete(), expect, deadline);
        if (text.isPresent()) {
          return text;
        }
      } catch (PatientText.DeadlinePassed late) {
        return found(Reason.PROBE_OVERLOADED, "matching took too long");
      }
    }
    return expect.json().isEmpty()
        ? Optional.empty()
        : JsonJudge.judge(body.bytes(), body.complete(), expect.json());
  }

  private static Optional<Finding> size(Body body, BodyExpect.SizeRange range) {
    if (body.complete()) {
      return body.size() < range.min() || body.size() > range.max()
          ? found(Reason.BODY_SIZE, body.size() + " bytes, expected " + words(range))
          : Optional.empty();
    }
    return body.size() >= range.max()
        ? found(Reason.BODY_SIZE, "more than " + body.size() + " bytes, expected " + words(range))
        : found(Reason.BODY_TOO_LARGE, "more than " + body.size() + " bytes");
  }

  private static Optional<Finding> text(
      String body, boolean complete, BodyExpect expect, Deadline deadline) {
    for (String wanted : expect.contains()) {
      if (!body.contains(wanted)) {
        return missing(complete, Reason.BODY_MISSING_TEXT, wanted);
      }
    }
    PatientText patient = new PatientText(body, deadline);
    for (Pattern wanted : expect.matches()) {
      if (!wanted.matcher(patient).find()) {
        return missing(complete, Reason.BODY_NO_MATCH, wanted.pattern());
      }
    }
    for (Pattern forbidden : expect.excludes()) {
      if (forbidden.matcher(patient).find()) {
        return found(Reason.BODY_FORBIDDEN_TEXT, cut(forbidden.pattern()));
      }
    }
    return complete || expect.excludes().isEmpty()
        ? Optional.empty()
        : found(Reason.BODY_TOO_LARGE, "forbidden text may stand in the rest");
  }

  private static Optional<Finding> missing(boolean complete, Reason reason, String wanted) {
    return complete
        ? found(reason, cut(wanted))
        : found(
            Reason.BODY_TOO_LARGE,
            "not in the first " + BodyWindow.MAX_BYTES + " bytes: " + cut(wanted));
  }

  private static String words(BodyExpect.SizeRange range) {
    return range.max() == Long.MAX_VALUE
        ? "at least " + range.min()
        : range.min() + " to " + range.max();
  }

  private static String cut(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private static Optional<Finding> found(Reason reason, String detail) {
    return Optional.of(new Finding(reason, detail));
  }
}
