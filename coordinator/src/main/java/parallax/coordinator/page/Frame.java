package parallax.coordinator.page;

import static parallax.coordinator.page.Html.escaped;

import java.util.List;

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

  /** Stands where forms carry what shows that they are ours; put in when the page is sent. */
  public static final String FORM_TOKEN = "<form-token>";

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "Now",
              List.of(
                  new Place("/", "Overview"),
                  new Place("/targets", "Targets"),
                  new Place("/incidents", "Incidents"))),
          new Group(
              "From where, and until when",
              List.of(
                  new Place("/regions", "Regions"),
                  new Place("/routes", "Routes"),
                  new Place("/calendar", "Calendar"),
                  new Place("/objectives", "Objectives"))),
          new Group(
              "Running it",
              List.of(
                  new Place("/probes", "Probes"),
                  new Place("/silences", "Silences"),
                  new Place("/configuration", "Configuration"),
                  new Place("/audit", "Audit"))));

  /** Entries of the navigation that belong together. */
  private record Group(String name, List<Place> places) {}

  /** An entry of the navigation. */
  private record Place(String path, String name) {}

  private final Assets assets;
  private final String version;

  /**
   * The frame.
   *
   * @param version of Parallax
   */
  public Frame(Assets assets, String version) {
    this.assets = assets;
    this.version = version;
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
    html.append("</head>\n<body><a class=\"skip\" href=\"#main\">Skip to the content</a>")
        .append("<header><a class=\"brand\" href=\"/\">Parallax</a>");
    navigation(html, about.place());
    return html.append("<p id=\"live\" role=\"status\"></p>" + WHO + "</header>\n")
        .append("<main id=\"main\" tabindex=\"-1\">")
        .append(main)
        .append("</main>\n<footer><p>Parallax " + escaped(version) + " · times are in UTC unless")
        .append(" said otherwise · <a href=\"/openapi.yaml\">API</a> · ")
        .append("<a href=\"/metrics\">Metrics</a></p></footer></body></html>\n")
        .toString();
  }

  /**
   * A document by itself, which leads nowhere and tells nothing of this Parallax.
   *
   * @param main HTML
   */
  public String alone(String title, CharSequence main) {
    return head(new About(title, "", false), main.length())
        .append("</head>\n<body><header><a class=\"brand\" href=\"/\">Parallax</a></header>\n")
        .append("<main id=\"main\" tabindex=\"-1\">")
        .append(main)
        .append("</main></body></html>\n")
        .toString();
  }

  private StringBuilder head(About about, int length) {
    StringBuilder html = new StringBuilder(length + 2048);
    return html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<title>" + escaped(about.title()) + " · Parallax</title>")
        .append("<link rel=\"icon\" type=\"image/svg+xml\" href=\"" + assets.place("icon.svg"))
        .append("\"><link rel=\"stylesheet\" href=\"" + assets.place("page.css") + "\">");
  }

  private static void navigation(StringBuilder html, String here) {
    html.append("<nav aria-label=\"Pages\">");
    for (Group group : GROUPS) {
      html.append("<ul aria-label=\"" + group.name() + "\">");
      for (Place place : group.places()) {
        String current = place.path().equals(here) ? " aria-current=\"page\"" : "";
        html.append("<li><a href=\"" + place.path() + "\"" + current + ">" + place.name())
            .append("</a></li>");
      }
      html.append("</ul>");
    }
    html.append("</nav>");
  }
}
