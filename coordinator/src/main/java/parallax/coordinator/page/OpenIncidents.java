package parallax.coordinator.page;

import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.ofIncident;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.view.Words;

/** Incidents that go on, each as one sentence that leads to its notebook. */
public final class OpenIncidents {
  /** Confirmed ones first, then by how many they hit. */
  private static final Comparator<Incident> WORST_FIRST =
      Comparator.comparing((Incident incident) -> incident.published().isEmpty())
          .thenComparingInt(incident -> -incident.targets().size())
          .thenComparing(Incident::onset, Comparator.reverseOrder())
          .thenComparing(Incident::id);

  /** Characters about what broke; the page of the incident has all of them. */
  static final int MAX_SENTENCE = 80;

  private OpenIncidents() {}

  /**
   * A list of them; nothing where there are none.
   *
   * @param most more than this are only counted
   */
  public static void write(StringBuilder html, List<Incident> incidents, int most, Instant now) {
    if (incidents.isEmpty()) {
      return;
    }
    html.append("<ul class=\"incidents\">");
    incidents.stream()
        .sorted(WORST_FIRST)
        .limit(most)
        .forEach(incident -> one(html, incident, now));
    int more = incidents.size() - most;
    html.append(more > 0 ? "<li>and " + more + " more</li>" : "").append("</ul>");
  }

  private static void one(StringBuilder html, Incident incident, Instant now) {
    html.append("<li><strong>" + link(ofIncident(incident.id()), sentence(incident)))
        .append("</strong><br><span class=\"note\">")
        .append(escaped(Words.of(incident.scope(), incident.regions())) + " · since ")
        .append(time(incident.onset()) + " (" + ago(incident.onset(), now) + ")");
    if (incident.targets().size() > 1) {
      html.append(" · " + incident.targets().size() + " targets");
    }
    html.append(incident.published().isEmpty() ? " · followed, not confirmed" : "")
        .append("</span></li>");
  }

  /** What is wrong with whom, without for whom and since when. */
  public static String sentence(Incident incident) {
    boolean ours = incident.subject() == Incident.Subject.VANTAGE;
    boolean over = incident.resolved().isPresent();
    boolean many = Words.isMany(incident);
    String culprit = incident.cause().culprit();
    boolean itself = culprit.startsWith("target:") || ours;
    String again = many ? " work again; it was: " : " works again; it was: ";
    String open = many ? " are not working: " : " is not working: ";
    return Words.subject(incident)
        + (ours ? ": " : over ? again : open)
        + brief(Words.of(incident.cause()))
        + (itself ? "" : ", through " + culprit);
  }

  /** The beginning, whole words of it. */
  private static String brief(String words) {
    if (words.length() <= MAX_SENTENCE) {
      return words;
    }
    int end = words.lastIndexOf(' ', MAX_SENTENCE);
    return words.substring(0, end > 0 ? end : MAX_SENTENCE).replaceAll("[\\s,;:]+$", "") + " …";
  }

  /** How long ago something was. */
  public static String ago(Instant then, Instant now) {
    return Words.of(Duration.between(then, now));
  }
}
