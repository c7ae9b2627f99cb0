package parallax.coordinator.page;

import static parallax.coordinator.page.Html.escaped;

import java.util.Comparator;
import java.util.List;
import parallax.config.observation.Vantage;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.words.Say;

/** The probes in a row: who looks, who is not heard, whose word does not count. */
public final class FleetStrip {
  /** More probes than this are only counted; those with trouble come first. */
  static final int MAX_SHOWN = 60;

  /** How a probe does. */
  public enum Health {
    /** Nothing has come for longer than the targets let one expect. */
    SILENT("down"),
    /** It is heard, and is held to be in trouble itself. */
    SICK("degraded"),
    WELL("up");

    private final String colour;

    Health(String colour) {
      this.colour = colour;
    }

    /** In words. */
    public String in(Say say) {
      return say.of("health." + name());
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

  static void write(StringBuilder html, Snapshot snapshot, OwnSide ownSide, Say say) {
    List<Chip> chips =
        snapshot.probes().stream()
            .map(probe -> new Chip(probe, health(probe, snapshot, ownSide)))
            .sorted(Comparator.comparing(Chip::health))
            .toList();
    html.append("<section aria-labelledby=\"fleet\"><h2 id=\"fleet\">")
        .append(say.html("nav.probes") + "</h2>");
    if (chips.isEmpty()) {
      html.append("<p>" + say.html("probes.none") + "</p></section>\n");
      return;
    }
    html.append("<ul class=\"strip\">");
    for (Chip chip : chips.stream().limit(MAX_SHOWN).toList()) {
      Vantage vantage = chip.probe().vantage();
      html.append("<li class=\"" + chip.health().colour() + "\"><a href=\"/probes#")
          .append(escaped(vantage.probe().value()) + "\">" + escaped(vantage.probe().value()))
          .append("</a> <small>" + escaped(vantage.region().value()))
          .append(say.html("list.comma") + escaped(chip.health().in(say)) + "</small></li>");
    }
    int more = chips.size() - MAX_SHOWN;
    if (more > 0) {
      html.append("<li><a href=\"/probes\">" + say.html("more", more) + "</a></li>");
    }
    html.append("</ul></section>\n");
  }
}
