package parallax.coordinator.notify.mail.message;

import java.util.List;
import java.util.Optional;
import parallax.coordinator.notify.letter.Letter;

/**
 * A letter in HTML that is XML too: tables and inline styles, nothing that is fetched or runs. Only
 * the band on top has colours of its own; the rest leaves them to the mail program, so that it is
 * dark where that is dark. Where a link leads is always shown beside its words.
 */
final class HtmlPart {
  private static final String FONT =
      "font-family:-apple-system,'Segoe UI',Roboto,'Hiragino Sans','Noto Sans CJK JP',Meiryo,"
          + "Arial,sans-serif";
  private static final String BREAK = "overflow-wrap:anywhere;word-break:break-word";

  /** Of whatever colour the mail program writes in. */
  private static final String FAINT = "opacity:0.7";

  /** Several names that are longer cannot be told apart in one line. */
  private static final int SHORT_NAME = 40;

  private final Letter letter;
  private final Words words;
  private final Optional<String> picture;
  private final StringBuilder out = new StringBuilder();

  /**
   * A letter in HTML.
   *
   * @param picture the Content-ID of the picture that it shows
   */
  HtmlPart(Letter letter, Words words, Optional<String> picture) {
    this.letter = letter;
    this.words = words;
    this.picture = picture;
  }

  String text() {
    head();
    band();
    button();
    facts();
    picture.ifPresent(this::picture);
    members();
    list("evidence", Bounds.items(letter.evidence()));
    list("against", Bounds.items(letter.against()));
    links();
    add(
        """
        <tr><td dir="auto" style="padding:20px 16px 16px;font-size:12px;line-height:17px;%s;%s">%s\
        </td></tr>
        </table></td></tr></table></body></html>
        """
            .formatted(FAINT, BREAK, escaped(Bounds.footer(letter, words))));
    return out.toString().replace("\n", "\r\n");
  }

  private void head() {
    add(
        """
        <!DOCTYPE html>
        <html lang="%1$s"><head><meta charset="UTF-8"/>
        <meta name="viewport" content="width=device-width,initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="supported-color-schemes" content="light dark"/>
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"/>
        <title>%2$s</title></head>
        <body lang="%1$s" style="margin:0;padding:0">
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0">\
        <tr><td align="center">
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" \
        style="max-width:640px;text-align:left;font-size:15px;line-height:21px;%3$s">
        """
            .formatted(words.tag(), escaped(Bounds.text(words.subject(letter))), FONT));
  }

  private void band() {
    if (letter.drill()) {
      add(
          """
          <tr><td bgcolor="#ffd400" style="background-color:#ffd400;color:#000000;\
          padding:10px 16px;font-weight:bold">%s</td></tr>
          """
              .formatted(escaped(words.of("drill.banner"))));
    }
    add(
        """
        <tr><td bgcolor="%1$s" style="background-color:%1$s;color:#ffffff;padding:14px 16px 16px">\
        <div style="font-size:14px;line-height:20px"><b>%2$s</b> · %3$s</div>
        <div dir="auto" style="font-size:20px;line-height:27px;font-weight:bold;padding-top:4px;\
        %5$s">%4$s</div></td></tr>
        """
            .formatted(
                colour(letter.grade()),
                escaped(words.of(letter.grade())),
                escaped(words.of(letter.occasion())),
                escaped(Bounds.text(letter.headline())),
                BREAK));
  }

  /** White on each is at least 4.5 to 1. */
  private static String colour(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> "#b3261e";
      case WARNING -> "#8a5a00";
      case NOTE -> "#4a5568";
      case GOOD -> "#1b6e3a";
    };
  }

  private void button() {
    Bounds.links(letter).stream()
        .findFirst()
        .ifPresent(
            link ->
                add(
                    """
                    <tr><td style="padding:16px 16px 4px">\
                    <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>\
                    <td bgcolor="#1a5fb4" style="background-color:#1a5fb4;border-radius:6px">\
                    <a dir="auto" href="%1$s" style="display:inline-block;padding:12px 20px;\
                    color:#ffffff;font-weight:bold;text-decoration:none;%3$s">%2$s</a></td></tr>\
                    </table>
                    <div style="font-size:12px;line-height:17px;padding-top:4px;%4$s;%3$s">%5$s\
                    </div></td></tr>
                    """
                        .formatted(
                            target(link),
                            escaped(Bounds.text(link.words())),
                            BREAK,
                            FAINT,
                            escaped(link.target().getHost()))));
  }

  private void facts() {
    if (letter.facts().isEmpty()) {
      return;
    }
    add(
        """
        <tr><td style="padding:12px 16px 0"><table role="presentation" width="100%" \
        cellpadding="0" cellspacing="0" border="0">
        """);
    Bounds.items(letter.facts())
        .forEach(fact -> fact(Bounds.text(fact.name()), Bounds.text(fact.text())));
    add("</table></td></tr>\n");
  }

  private void fact(String name, String text) {
    add(
        """
        <tr><td valign="top" dir="auto" width="112" style="padding:5px 12px 5px 0;%1$s;%2$s">%3$s\
        </td><td valign="top" dir="auto" style="padding:5px 0;%2$s">%4$s</td></tr>
        """
            .formatted(FAINT, BREAK, escaped(name), escaped(text)));
  }

  private void picture(String id) {
    add(
        """
        <tr><td style="padding:16px 16px 0"><img src="cid:%1$s" alt="%2$s" width="608" \
        style="display:block;width:100%%;max-width:608px;height:auto;border:0"/></td></tr>
        """
            .formatted(escaped(id), escaped(words.of("picture"))));
  }

  private void title(String key) {
    add(
        """
        <tr><td style="padding:16px 16px 0"><div style="border-top:1px solid #8a8a8a;\
        padding-top:12px;font-weight:bold">%s</div></td></tr>
        """
            .formatted(escaped(words.of(key))));
  }

  /** In lines of several where they are short, so that the evidence is in sight on a telephone. */
  private void members() {
    List<String> members = Bounds.members(letter, words);
    if (members.isEmpty()) {
      return;
    }
    title("members");
    if (members.stream().anyMatch(member -> member.length() > SHORT_NAME)) {
      members.forEach(this::item);
      return;
    }
    add("<tr><td style=\"padding:4px 16px 0;" + BREAK + "\">");
    String between = "";
    for (String member : members) {
      add(between + "<span dir=\"auto\">" + escaped(Bounds.text(member)) + "</span>");
      between = " · ";
    }
    add("</td></tr>\n");
  }

  private void list(String key, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    title(key);
    items.forEach(this::item);
  }

  private void item(String text) {
    add(
        """
        <tr><td dir="auto" style="padding:4px 16px 0;%s">%s</td></tr>
        """
            .formatted(BREAK, escaped(Bounds.text(text))));
  }

  private void links() {
    List<Letter.Link> further = Bounds.links(letter).stream().skip(1).toList();
    if (further.isEmpty()) {
      return;
    }
    title("links");
    for (Letter.Link link : further) {
      add(
          """
          <tr><td style="padding:6px 16px 0;%2$s"><a dir="auto" href="%1$s">%3$s</a> \
          <span style="font-size:12px;%4$s">%5$s</span></td></tr>
          """
              .formatted(
                  target(link),
                  BREAK,
                  escaped(Bounds.text(link.words())),
                  FAINT,
                  escaped(link.target().getHost())));
    }
  }

  private static String target(Letter.Link link) {
    return escaped(link.target().toASCIIString());
  }

  private void add(String html) {
    out.append(html);
  }

  /** For elements and quoted attributes alike. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
