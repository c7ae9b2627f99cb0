package parallax.probe.page;

import java.util.Locale;
import parallax.probe.http.HttpUrl;

/**
 * Something that a page loads.
 *
 * @param blocking whether the page waits for it
 * @param integrity the hashes it must have one of (Subresource Integrity section 3.5); may be empty
 * @param depth 0 in the page itself, more in a style that a style imports
 */
record Resource(HttpUrl url, Kind kind, boolean blocking, String integrity, int depth) {
  /** What it is loaded as. */
  enum Kind {
    SCRIPT,
    STYLE,
    IMAGE,
    FONT,
    MEDIA,
    FRAME,
    OTHER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The URL without its query, which may hold what is nobody's business. */
  static String shown(HttpUrl url) {
    int query = url.target().indexOf('?');
    return url.origin() + (query < 0 ? url.target() : url.target().substring(0, query) + "?…");
  }

  String shown() {
    return shown(url);
  }

  Resource secured() {
    boolean usual = url.port() == 80;
    HttpUrl secure = new HttpUrl(true, url.host(), usual ? 443 : url.port(), url.target());
    return new Resource(secure, kind, blocking, integrity, depth);
  }
}
