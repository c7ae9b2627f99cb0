package parallax.coordinator.status.edition;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.publicpage.StatusPage;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.status.badge.Badge;
import parallax.coordinator.status.feed.Atom;
import parallax.coordinator.status.feed.JsonFeed;
import parallax.coordinator.status.html.Style;
import parallax.coordinator.view.Window;
import parallax.coordinator.words.Language;

/**
 * One of the things that the public may read. There are only as many as services, languages and
 * windows allow: whatever else is asked for is none.
 *
 * @param service of a badge, a strip or a notice; empty: all, or none
 * @param window of a badge that shows uptime
 */
public record Leaf(
    Kind kind, Language language, Optional<String> service, Optional<Window> window) {
  private static final String BADGE = "badge/";
  private static final String SVG = ".svg";

  /** What there is. */
  public enum Kind {
    PAGE("status", "text/html; charset=utf-8"),
    STRIP("embed", "text/html; charset=utf-8"),
    ATOM("feed.atom", Atom.TYPE),
    JSON_FEED("feed.json", JsonFeed.TYPE),
    NOTICE("notice.json", "application/json"),
    SCRIPT("notice.js", "text/javascript; charset=utf-8"),
    BADGE("badge/", Badge.TYPE),
    /** In place of the badge of a service that there is not. */
    NO_BADGE("badge/", Badge.TYPE),
    /** Everything, to be kept somewhere else. */
    EXPORT("export.json", "application/json");

    private final String path;
    private final String type;

    Kind(String path, String type) {
      this.path = path;
      this.type = type;
    }

    /** From where the public things are. */
    public String path() {
      return path;
    }

    /** As it is sent. */
    public String contentType() {
      return type;
    }

    private boolean isForReaders() {
      return this == PAGE || this == STRIP;
    }
  }

  /**
   * What is asked for; empty when it is nothing that the public may read.
   *
   * @param path from where the public things are, not decoded; empty: the page
   */
  public static Optional<Leaf> of(String path, Request request, StatusPage page)
      throws Request.Unusable {
    if (path.startsWith(BADGE) && path.endsWith(SVG)) {
      String part = path.substring(BADGE.length(), path.length() - SVG.length());
      return Optional.of(badge(Request.decodedPath(part), request, page));
    }
    String wanted = path.isEmpty() ? Kind.PAGE.path() : path;
    Optional<Kind> kind =
        Arrays.stream(Kind.values()).filter(each -> each.path().equals(wanted)).findFirst();
    if (kind.isEmpty() || wanted.equals(BADGE)) {
      return Optional.empty();
    }
    Optional<String> service =
        kind.get() == Kind.STRIP || kind.get() == Kind.NOTICE
            ? request.parameter("service")
            : Optional.empty();
    if (service.isPresent() && page.service(service.get()).isEmpty()) {
      return Optional.empty();
    }
    Language language =
        kind.get() == Kind.EXPORT || kind.get() == Kind.SCRIPT || kind.get() == Kind.NOTICE
            ? Language.EN
            : language(request, kind.get());
    return Optional.of(new Leaf(kind.get(), language, service, Optional.empty()));
  }

  private static Leaf badge(String name, Request request, StatusPage page) throws Request.Unusable {
    Language language = language(request, Kind.BADGE);
    return page.service(name).isPresent()
        ? new Leaf(Kind.BADGE, language, Optional.of(name), window(request))
        : new Leaf(Kind.NO_BADGE, language, Optional.empty(), Optional.empty());
  }

  /** The window whose uptime a badge shows. */
  public static Optional<Window> window(Request request) throws Request.Unusable {
    return request.word("window", Window.values(), Window::label);
  }

  /** What a reader says, else what their browser says where it is a page for people. */
  private static Language language(Request request, Kind kind) throws Request.Unusable {
    return request
        .parameter("lang")
        .flatMap(Language::of)
        .orElseGet(
            () -> kind.isForReaders() ? Language.accepted(request.acceptLanguage()) : Language.EN);
  }

  /** Whether it is the same however all is. */
  public boolean isFixed() {
    return kind == Kind.NO_BADGE || kind == Kind.SCRIPT;
  }

  /** Where it is, from where the public things are. */
  public String uri() {
    boolean badge = kind == Kind.BADGE;
    Map<String, String> query = new LinkedHashMap<>();
    query.put("lang", language.tag());
    window.ifPresent(value -> query.put("window", value.label()));
    service.filter(_ -> !badge).ifPresent(name -> query.put("service", encoded(name)));
    String name = badge ? encoded(service.orElse("")) + SVG : "";
    return kind.path()
        + name
        + "?"
        + String.join(
            "&", query.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** With which status of HTTP it is sent. */
  public int status() {
    return kind == Kind.NO_BADGE ? 404 : 200;
  }

  /** What is sent along, beside what everything has. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "public, max-age=" + Editions.LONGEST.toSeconds());
    switch (kind) {
      case PAGE -> {
        headers.put("Vary", "Accept-Encoding, Accept-Language");
        headers.put("Content-Security-Policy", Style.PAGE_POLICY);
      }
      case STRIP -> {
        headers.put("Vary", "Accept-Encoding, Accept-Language");
        headers.put("Content-Security-Policy", Style.EMBED_POLICY);
      }
      case ATOM, JSON_FEED, NOTICE, BADGE, NO_BADGE -> {
        headers.put("Vary", "Accept-Encoding");
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
      }
      case SCRIPT -> {
        headers.put("Vary", "Accept-Encoding");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
      }
      case EXPORT -> headers.put("Vary", "Accept-Encoding");
    }
    return headers;
  }
}
