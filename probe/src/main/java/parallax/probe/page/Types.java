package parallax.probe.page;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a browser would use what came for what it was loaded as (Fetch section 3.6, 3.7). */
final class Types {
  private static final List<String> SCRIPTS =
      List.of(
          "application/ecmascript",
          "application/javascript",
          "application/x-ecmascript",
          "application/x-javascript",
          "text/ecmascript",
          "text/javascript",
          "text/javascript1.0",
          "text/javascript1.1",
          "text/javascript1.2",
          "text/javascript1.3",
          "text/javascript1.4",
          "text/javascript1.5",
          "text/jscript",
          "text/livescript",
          "text/x-ecmascript",
          "text/x-javascript");

  private Types() {}

  static boolean isScript(String type) {
    return SCRIPTS.contains(type);
  }

  /** The media type in lower case without its parameters; empty when none is told. */
  static String of(HttpHeaders headers) {
    String type = headers.get("content-type", "");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with the type; empty when it will do. */
  static Optional<String> fault(Resource.Kind kind, HttpHeaders headers) {
    String type = of(headers);
    boolean exact = headers.get("x-content-type-options", "").strip().equalsIgnoreCase("nosniff");
    boolean fine =
        switch (kind) {
          case SCRIPT ->
              isScript(type)
                  || (!exact
                      && !type.startsWith("image/")
                      && !type.startsWith("audio/")
                      && !type.startsWith("video/")
                      && !type.equals("text/csv")
                      && !isPage(type));
          case STYLE -> type.equals("text/css") || (type.isEmpty() && !exact);
          // An error page with status 200 is the usual way to lose an image or a font.
          case IMAGE, FONT, MEDIA -> !isPage(type);
          case FRAME, OTHER -> true;
        };
    return fine
        ? Optional.empty()
        : Optional.of((type.isEmpty() ? "no type" : type) + (exact ? " and nosniff" : ""));
  }

  static boolean isPage(String type) {
    return type.equals("text/html") || type.equals("application/xhtml+xml");
  }
}
