package parallax.probe.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.probe.http.HttpUrl;

/** Gathers what is named by texts; addresses that nothing is fetched from are passed over. */
final class Links {
  /** More are not gathered of one text. */
  static final int MAX_LINKS = 2_000;

  private static final int MAX_URL = 8_192;

  private static final List<String> NOT_FETCHED =
      List.of("data:", "blob:", "javascript:", "about:", "mailto:", "tel:", "#");

  private final HttpUrl base;
  private final int depth;
  private final List<Resource> found = new ArrayList<>();

  Links(HttpUrl base, int depth) {
    this.base = base;
    this.depth = depth;
  }

  void add(String written, Resource.Kind kind, boolean blocking, String integrity) {
    String text = written.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (text.isEmpty()
        || text.length() > MAX_URL
        || found.size() >= MAX_LINKS
        || NOT_FETCHED.stream().anyMatch(lower::startsWith)) {
      return;
    }
    int fragment = text.indexOf('#');
    Optional<HttpUrl> url =
        base.locate(fragment < 0 ? text : text.substring(0, fragment)).flatMap(HttpUrl::of);
    url.ifPresent(to -> found.add(new Resource(to, kind, blocking, integrity, depth)));
  }

  List<Resource> found() {
    return List.copyOf(found);
  }
}
