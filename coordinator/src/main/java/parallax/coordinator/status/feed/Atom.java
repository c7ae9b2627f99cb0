package parallax.coordinator.status.feed;

import static parallax.coordinator.status.words.Xml.escaped;

import java.net.URI;

/** A feed in Atom (RFC 4287). */
public final class Atom {
  public static final String TYPE = "application/atom+xml; charset=utf-8";

  private Atom() {}

  /** The document. */
  public static String write(Feed feed) {
    StringBuilder xml = new StringBuilder(4_096);
    xml.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        .append("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"")
        .append(feed.language().tag() + "\">\n<id>" + feed.id() + "</id>\n<title>")
        .append(escaped(feed.title()) + "</title>\n<updated>" + feed.updated())
        .append("</updated>\n<author><name>" + escaped(feed.author()) + "</name></author>\n")
        .append("<generator>Parallax</generator>\n");
    feed.home()
        .ifPresent(
            home ->
                xml.append("<link rel=\"alternate\" type=\"text/html\" href=\"" + href(home))
                    .append("\"/>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"")
                    .append(href(home.resolve("feed.atom")) + "\"/>\n"));
    feed.items().forEach(item -> entry(xml, feed, item));
    return xml.append("</feed>\n").toString();
  }

  private static void entry(StringBuilder xml, Feed feed, Feed.Item item) {
    xml.append("<entry>\n<id>" + item.id() + "</id>\n<title>" + escaped(item.title()))
        .append("</title>\n<published>" + item.published() + "</published>\n<updated>")
        .append(item.updated() + "</updated>\n<content type=\"text\">")
        .append(escaped(String.join("\n", item.lines())) + "</content>\n");
    feed.home()
        .ifPresent(
            home ->
                xml.append("<link rel=\"alternate\" type=\"text/html\" href=\"" + href(home))
                    .append("\"/>\n"));
    xml.append("</entry>\n");
  }

  private static String href(URI uri) {
    return escaped(uri.toASCIIString());
  }
}
