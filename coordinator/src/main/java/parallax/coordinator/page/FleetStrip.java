package parallax.coordinator.page;

import static parallax.coordinator.page.Html.escaped;

import java.util.Comparator;
import java.util.List;
import parallax.config.observation.Vantage;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;

/** The probes in a row: who looks, who is not heard, whose word does not count. */
public final class FleetStrip {
  /** More probes than this are only counted; those with trouble come first. */
  static final int MAX_SHOWN = 60;

  /** How a probe does. */
  public enum Health {
    /** Nothing has come for longer than the targets let one expect. */
    SILENT("not heard", "down"),
    /** It is heard, and is held to be in trouble itself. */
    SICK("does not count", "degraded"),
    WELL("looks", "up");

    private final String words;
    private final String colour;

    Health(String words, String colour) {
      this.words = words;
      this.colour = colour;
    }

    /** In words. */
    public String words() {
      return words;
    }

    /** The class that colours it. */
    public String colour() {
      return colour;
    }
  }

  private FleetStrip() {}

  /** How a probe does now. */
  public static Health health(ProbeView probe, Snapshot snapshot, OwnSide ownSide) {
    Vantage vantage = probe.vantage();
    return !snapshot.isHeard(probe)
        ? Health.SILENT
        : ownSide.isSick(vantage) ? Health.SICK : Health.WELL;
  }

  private record Chip(ProbeView probe, Health health) {}

  static void write(StringBuilder html, Snapshot snapshot, OwnSide ownSide) {
    List<Chip> chips =
        snapshot.probes().stream()
            .map(probe -> new Chip(probe, health(probe, snapshot, ownSide)))
            .sorted(Comparator.comparing(Chip::health))
            .toList();
    html.append("<section aria-labelledby=\"fleet\"><h2 id=\"fleet\">Probes</h2>");
    if (chips.isEmpty()) {
      html.append("<p>No probe was heard yet.</p></section>\n");
      return;
    }
    html.append("<ul class=\"strip\">");
    for (Chip chip : chips.stream().limit(MAX_SHOWN).toList()) {
      Vantage vantage = chip.probe().vantage();
      html.append("<li class=\"" + chip.health().colour() + "\"><a href=\"/probes#")
          .append(escaped(vantage.probe().value()) + "\">" + escaped(vantage.probe().value()))
          .append("</a> <small>" + escaped(vantage.region().value()) + ", ")
          .append(chip.health().words() + "</small></li>");
    }
    int more = chips.size() - MAX_SHOWN;
    html.append(more > 0 ? "<li><a href=\"/probes\">and " + more + " more</a></li>" : "")
        .append("</ul></section>\n");
  }
}
