package parallax.coordinator.page;

import static parallax.coordinator.page.Html.escaped;

import java.util.List;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** What all pages have in common: head, navigation, landmarks. */
public final class Frame {
  /** How often a page without scripts renews itself. */
  static final int REFRESH_SECONDS = 10;

  /**
   * The Content-Security-Policy under which every page shows: its own style, script and icon from
   * the coordinator that sent it, and nothing that stands in the page itself.
   */
  public static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /**
   * Stands where whoever looks is named; put in when the page is sent. No text can be taken for it,
   * as texts are escaped.
   */
  public static final String WHO = "<who>";

  /** Stands where the same page is offered in other languages; put in when the page is sent. */
  public static final String LANGUAGES = "<languages>";

  /** Stands where forms carry what shows that they are ours; put in when the page is sent. */
  public static final String FORM_TOKEN = "<form-token>";

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "now",
              List.of(
                  new Place("/", "overview"),
                  new Place("/targets", "targets"),
                  new Place("/incidents", "incidents"))),
          new Group(
              "where",
              List.of(
                  new Place("/regions", "regions"),
                  new Place("/routes", "routes"),
                  new Place("/calendar", "calendar"),
                  new Place("/objectives", "objectives"))),
          new Group(
              "running",
              List.of(
                  new Place("/probes", "probes"),
                  new Place("/silences", "silences"),
                  new Place("/configuration", "configuration"),
                  new Place("/audit", "audit"))));

  /** Entries of the navigation that belong together; the name is that of a text. */
  private record Group(String name, List<Place> places) {}

  /** An entry of the navigation; the name is that of a text. */
  private record Place(String path, String name) {}

  private final Assets assets;
  private final String version;
  private final Say say;

  /**
   * The frame of pages in English.
   *
   * @param version of Parallax
   */
  public Frame(Assets assets, String version) {
    this(assets, version, Say.in(Language.EN));
  }

  private Frame(Assets assets, String version, Say say) {
    this.assets = assets;
    this.version = version;
    this.say = say;
  }

  /** The same around pages in a language. */
  public Frame in(Language language) {
    return language == say.language() ? this : new Frame(assets, version, Say.in(language));
  }

  /** What is said in the language of these pages. */
  public Say say() {
    return say;
  }

  /**
   * What is told of a page beside what is in it.
   *
   * @param title plain text
   * @param place the entry of the navigation that it belongs to
   * @param renews whether it renews itself without scripts, too: not where something is typed
   */
  public record About(String title, String place, boolean renews) {
    /** One that renews itself. */
    public About(String title, String place) {
      this(title, place, true);
    }
  }

  /** Where a file is that pages show, such as a picture. */
  public String asset(String file) {
    return assets.place(file);
  }

  /**
   * A whole document.
   *
   * @param main HTML
   */
  public String around(About about, CharSequence main) {
    return document(about, main, true);
  }

  /**
   * The same of what answers a form: there is nothing at its place that it could be renewed from.
   *
   * @param main HTML
   */
  public String answering(String title, String place, CharSequence main) {
    return document(new About(title, place, false), main, false);
  }

  private String document(About about, CharSequence main, boolean live) {
    StringBuilder html = head(about, main.length());
    if (live) {
      html.append("<script defer src=\"" + assets.place("live.js") + "\"></script>");
    }
    if (about.renews()) {
      html.append("<noscript><meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS)
          .append("\"></noscript>");
    }
    html.append(
            "</head>\n<body><a class=\"skip\" href=\"#main\">" + say.html("frame.skip") + "</a>")
        .append("<header><a class=\"brand\" href=\"/\">Parallax</a>");
    navigation(html, about.place());
    live(html);
    return html.append(LANGUAGES + WHO + "</header>\n")
        .append("<main id=\"main\" tabindex=\"-1\">")
        .append(main)
        .append("</main>\n<footer><p>Parallax " + escaped(version) + " · ")
        .append(say.html("frame.times") + " · <a href=\"/openapi.yaml\">API</a> · ")
        .append("<a href=\"/metrics\">" + say.html("frame.metrics"))
        .append("</a></p></footer></body></html>\n")
        .toString();
  }

  /** Where the script says how it does, and what it says. */
  private void live(StringBuilder html) {
    html.append("<p id=\"live\" role=\"status\"");
    for (String text : List.of("on", "slow", "status", "silent")) {
      html.append(" data-" + text + "=\"" + say.html("live." + text) + "\"");
    }
    html.append("></p>");
  }

  /**
   * A document by itself, which leads nowhere and tells nothing of this Parallax.
   *
   * @param main HTML
   */
  public String alone(String title, CharSequence main) {
    return head(new About(title, "", false), main.length())
        .append("</head>\n<body><header><a class=\"brand\" href=\"/\">Parallax</a>")
        .append(LANGUAGES + "</header>\n")
        .append("<main id=\"main\" tabindex=\"-1\">")
        .append(main)
        .append("</main></body></html>\n")
        .toString();
  }

  private StringBuilder head(About about, int length) {
    StringBuilder html = new StringBuilder(length + 2048);
    return html.append(
            "<!DOCTYPE html>\n<html lang=\""
                + say.language().tag()
                + "\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<title>" + escaped(about.title()) + " · Parallax</title>")
        .append("<link rel=\"icon\" type=\"image/svg+xml\" href=\"" + assets.place("icon.svg"))
        .append("\"><link rel=\"stylesheet\" href=\"" + assets.place("page.css") + "\">");
  }

  private void navigation(StringBuilder html, String here) {
    html.append("<nav aria-label=\"" + say.html("frame.pages") + "\">");
    for (Group group : GROUPS) {
      html.append("<ul aria-label=\"" + say.html("frame." + group.name()) + "\">");
      for (Place place : group.places()) {
        String current = place.path().equals(here) ? " aria-current=\"page\"" : "";
        html.append("<li><a href=\"" + place.path() + "\"" + current + ">")
            .append(say.html("nav." + place.name()) + "</a></li>");
      }
      html.append("</ul>");
    }
    html.append("</nav>");
  }
}
