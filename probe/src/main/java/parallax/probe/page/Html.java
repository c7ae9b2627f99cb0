package parallax.probe.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import parallax.probe.http.HttpUrl;

/** Reads out of an HTML page what a browser with scripts would load for it. */
final class Html implements NodeVisitor {
  /**
   * What a page names.
   *
   * @param upgrades whether it asks for http to be made https (Upgrade Insecure Requests section 3)
   */
  record Named(List<Resource> resources, boolean upgrades) {}

  private static final String UPGRADE = "upgrade-insecure-requests";

  private final Links links;
  private int inert;

  private Html(Links links) {
    this.links = links;
  }

  static Named read(String text, HttpUrl url) {
    Document document = Jsoup.parse(text);
    Optional<HttpUrl> base =
        Optional.ofNullable(document.selectFirst("base[href]"))
            .flatMap(element -> url.locate(element.attr("href")))
            .flatMap(HttpUrl::of);
    Links links = new Links(base.orElse(url), 0);
    Html reader = new Html(links);
    NodeTraversor.traverse(reader, document);
    boolean upgrades =
        document.select("meta[http-equiv=content-security-policy]").stream()
            .anyMatch(meta -> meta.attr("content").toLowerCase(Locale.ROOT).contains(UPGRADE));
    return new Named(links.found(), upgrades);
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof Element element) {
      if (inert == 0) {
        element(element);
      }
      inert += isInert(element) ? 1 : 0;
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element && isInert(element)) {
      inert--;
    }
  }

  /** Whether what stands in an element does nothing where scripts run. */
  private static boolean isInert(Element element) {
    return element.normalName().equals("noscript") || element.normalName().equals("template");
  }

  private void element(Element element) {
    Css.inAttribute(element.attr("style"), links);
    switch (element.normalName()) {
      case "script" -> script(element);
      case "link" -> link(element);
      case "style" -> Css.read(element.data(), links, isOfScreens(element));
      case "img" -> {
        plain(element, "src", Resource.Kind.IMAGE);
        set(element);
      }
      case "source" -> {
        boolean ofPicture =
            element.parent() != null && element.parent().normalName().equals("picture");
        plain(element, "src", ofPicture ? Resource.Kind.IMAGE : Resource.Kind.MEDIA);
        set(element);
      }
      case "video" -> {
        plain(element, "src", Resource.Kind.MEDIA);
        plain(element, "poster", Resource.Kind.IMAGE);
      }
      case "audio" -> plain(element, "src", Resource.Kind.MEDIA);
      case "track" -> plain(element, "src", Resource.Kind.OTHER);
      case "iframe", "frame" -> plain(element, "src", Resource.Kind.FRAME);
      case "embed" -> plain(element, "src", Resource.Kind.OTHER);
      case "object" -> plain(element, "data", Resource.Kind.OTHER);
      case "input" -> {
        if (element.attr("type").equalsIgnoreCase("image")) {
          plain(element, "src", Resource.Kind.IMAGE);
        }
      }
      case "image", "use" -> {
        plain(element, "href", Resource.Kind.IMAGE);
        plain(element, "xlink:href", Resource.Kind.IMAGE);
      }
      case "body", "table", "td", "th" -> plain(element, "background", Resource.Kind.IMAGE);
      default -> {}
    }
  }

  private void plain(Element element, String attribute, Resource.Kind kind) {
    links.add(element.attr(attribute), kind, false, "");
  }

  private void script(Element script) {
    String type = script.attr("type").strip().toLowerCase(Locale.ROOT);
    boolean module = type.equals("module");
    boolean runs = type.isEmpty() || module || Types.isScript(type);
    if (runs && !(module ? false : script.hasAttr("nomodule"))) {
      boolean waits = !script.hasAttr("async") && !script.hasAttr("defer") && !module;
      links.add(script.attr("src"), Resource.Kind.SCRIPT, waits, script.attr("integrity"));
    }
  }

  private void link(Element link) {
    List<String> relations =
        List.of(link.attr("rel").strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
    String href = link.attr("href");
    String integrity = link.attr("integrity");
    if (relations.contains("stylesheet")) {
      // An alternative is loaded, too, but nobody waits for it; disabled ones are not.
      boolean waits = isOfScreens(link) && !relations.contains("alternate");
      if (!link.hasAttr("disabled")) {
        links.add(href, Resource.Kind.STYLE, waits, integrity);
      }
    } else if (relations.contains("modulepreload")) {
      links.add(href, Resource.Kind.SCRIPT, false, integrity);
    } else if (relations.contains("preload")) {
      links.add(href, preloaded(link.attr("as")), false, integrity);
    } else if (relations.stream().anyMatch(word -> word.endsWith("icon"))) {
      links.add(href, Resource.Kind.IMAGE, false, "");
    } else if (relations.contains("manifest")) {
      links.add(href, Resource.Kind.OTHER, false, "");
    }
  }

  private static Resource.Kind preloaded(String as) {
    return switch (as.strip().toLowerCase(Locale.ROOT)) {
      case "script" -> Resource.Kind.SCRIPT;
      case "style" -> Resource.Kind.STYLE;
      case "image" -> Resource.Kind.IMAGE;
      case "font" -> Resource.Kind.FONT;
      case "audio", "video" -> Resource.Kind.MEDIA;
      default -> Resource.Kind.OTHER;
    };
  }

  /** Whether a style may apply to a screen: nobody waits for one that is for paper. */
  private static boolean isOfScreens(Element style) {
    String media = style.attr("media").strip().toLowerCase(Locale.ROOT);
    return media.isEmpty() || (!media.startsWith("print") && !media.startsWith("speech"));
  }

  /** All candidates of a set (HTML section 4.8.4.2): which of them is taken is the screen's. */
  private void set(Element element) {
    String text = element.attr("srcset");
    int at = 0;
    for (int count = 0; count < Links.MAX_LINKS && at < text.length(); count++) {
      while (at < text.length() && " \t\n\r\f,".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      int end = at;
      while (end < text.length() && " \t\n\r\f".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String candidate = text.substring(at, end);
      boolean bare = candidate.endsWith(",");
      links.add(
          bare ? candidate.substring(0, candidate.length() - 1) : candidate,
          Resource.Kind.IMAGE,
          false,
          "");
      int comma = bare ? end : text.indexOf(',', end);
      at = comma < 0 ? text.length() : comma;
    }
  }
}
