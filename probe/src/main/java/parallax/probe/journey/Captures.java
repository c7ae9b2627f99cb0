package parallax.probe.journey;

import java.util.List;
import java.util.Optional;
import parallax.config.check.journey.Capture;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.http.HttpCheck;
import parallax.probe.http.body.BodyValues;

/** Takes out of an answer what later steps use. */
final class Captures {
  private Captures() {}

  /** Puts all of them into {@code values}; the first that is not there, or cannot be used. */
  static Optional<Finding> take(
      List<Capture> captures, HttpCheck.Page page, CookieJar jar, Values values) {
    for (Capture capture : captures) {
      Optional<String> found =
          source(capture.source(), page, jar)
              .flatMap(
                  text ->
                      capture.pattern().isEmpty()
                          ? Optional.of(text)
                          : BodyValues.match(text, capture.pattern().get(), page.deadline()));
      if (found.isEmpty()) {
        return Optional.of(
            new Finding(Reason.CAPTURE_MISSING, capture.name() + ": " + words(capture, page)));
      }
      if (found.get().length() > Values.MAX_LENGTH) {
        return Optional.of(
            new Finding(
                Reason.CAPTURE_UNUSABLE,
                capture.name() + " is longer than " + Values.MAX_LENGTH + " characters"));
      }
      values.put(capture.name(), new Values.Value(found.get(), page.url(), page.next()));
    }
    return Optional.empty();
  }

  private static Optional<String> source(
      Capture.Source source, HttpCheck.Page page, CookieJar jar) {
    return switch (source) {
      case Capture.JsonValue(var path) -> BodyValues.json(page.body(), path);
      case Capture.HeaderValue(String name) -> Optional.ofNullable(page.head().headers().get(name));
      case Capture.CookieValue(String name) -> jar.value(name);
      case Capture.BodyText() -> Optional.of(page.body().text(page.charset()));
    };
  }

  private static String words(Capture capture, HttpCheck.Page page) {
    String where =
        switch (capture.source()) {
          case Capture.JsonValue(var path) -> "no value at " + path + " of the JSON body";
          case Capture.HeaderValue(String name) -> "in the header " + name;
          case Capture.CookieValue(String name) -> "in the cookie " + name;
          case Capture.BodyText() -> "in the body";
        };
    String what =
        switch (capture.source()) {
          case Capture.JsonValue _ -> where;
          case Capture.HeaderValue _, Capture.CookieValue _, Capture.BodyText _ ->
              "nothing to take " + where;
        };
    boolean cut = !page.body().complete() && wantsBody(capture);
    return cut ? what + ", of which only " + page.body().size() + " bytes were read" : what;
  }

  static boolean wantsBody(Capture capture) {
    return switch (capture.source()) {
      case Capture.JsonValue _, Capture.BodyText _ -> true;
      case Capture.HeaderValue _, Capture.CookieValue _ -> false;
    };
  }
}
