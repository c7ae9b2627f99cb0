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
import parallax.coordinator.words.Say;
import parallax.coordinator.words.Sentences;

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

  private final Say say;
  private final Instant now;

  /** Of those that go on now. */
  public OpenIncidents(Say say, Instant now) {
    this.say = say;
    this.now = now;
  }

  /**
   * A list of them; nothing where there are none.
   *
   * @param most more than this are only counted
   */
  public void write(StringBuilder html, List<Incident> incidents, int most) {
    if (incidents.isEmpty()) {
      return;
    }
    html.append("<ul class=\"incidents\">");
    incidents.stream().sorted(WORST_FIRST).limit(most).forEach(incident -> one(html, incident));
    int more = incidents.size() - most;
    html.append(more > 0 ? "<li>" + say.html("more", more) + "</li>" : "").append("</ul>");
  }

  private void one(StringBuilder html, Incident incident) {
    String ago = escaped(say.core().of(Duration.between(incident.onset(), now)));
    html.append("<li><strong>" + link(ofIncident(incident.id()), sentence(incident, say)))
        .append("</strong><br><span class=\"note\">")
        .append(escaped(say.core().of(incident.scope(), incident.regions())) + " · ")
        .append(say.html("since", time(incident.onset()), ago));
    if (incident.targets().size() > 1) {
      html.append(" · " + say.html("targets.many", incident.targets().size()));
    }
    html.append(incident.published().isEmpty() ? " · " + say.html("incident.followed") : "")
        .append("</span></li>");
  }

  /** What is wrong with whom, without for whom and since when. */
  public static String sentence(Incident incident, Say say) {
    boolean ours = incident.subject() == Incident.Subject.VANTAGE;
    Sentences core = say.core();
    String cause = brief(core.of(incident.cause()));
    String count = Sentences.isMany(incident) ? ".many" : ".one";
    String how = incident.resolved().isPresent() ? "incident.again" : "incident.fails";
    return ours
        ? say.of("cause", core.subject(incident), cause)
        : say.of(how + count, core.subject(incident), core.through(incident, cause));
  }

  /** The beginning, whole words of it. */
  private static String brief(String words) {
    if (words.length() <= MAX_SENTENCE) {
      return words;
    }
    int end = words.lastIndexOf(' ', MAX_SENTENCE);
    return words.substring(0, end > 0 ? end : MAX_SENTENCE).replaceAll("[\\s,;:]+$", "") + " …";
  }
}
