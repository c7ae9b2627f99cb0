package parallax.coordinator.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.persistent.SortedTree;

/**
 * Decides whom to tell what, and when. The core says that an incident is published, reopened or
 * over; the desk compares what each receiver was told with what it should know by now, and tells
 * the difference. The same desk, input and time give the same step.
 *
 * <p>What it remembers of letters follows from the letters themselves, and their keys from what
 * they tell. So a desk that is restored from the record goes on where the one before stopped, and
 * what both decide is one row there.
 */
public final class Desk {
  /** Nothing has happened yet. */
  public static final Desk EMPTY =
      new Desk(Routing.NONE, List.of(), SortedTree.empty(), SortedTree.empty(), SortedTree.empty());

  private final Routing routing;
  private final List<DeskInput.Silence> silences;
  private final SortedTree<String, Instant> failing;
  private final SortedTree<IncidentId, Dossier> dossiers;
  private final SortedTree<String, Flow> flows;

  Desk(
      Routing routing,
      List<DeskInput.Silence> silences,
      SortedTree<String, Instant> failing,
      SortedTree<IncidentId, Dossier> dossiers,
      SortedTree<String, Flow> flows) {
    this.routing = routing;
    this.silences = List.copyOf(silences);
    this.failing = failing;
    this.dossiers = dossiers;
    this.flows = flows;
  }

  /**
   * One that goes on where another ended. Nobody is told anything before it is configured.
   * Acknowledgements are to be told to it again, and which receivers fail.
   *
   * @param open the incidents that are open
   * @param letters all that were planned for those, oldest first
   */
  public static Desk restored(List<Incident> open, List<Letter> letters) {
    Map<IncidentId, List<Letter>> byIncident = new TreeMap<>();
    Map<String, List<Instant>> sent = new TreeMap<>();
    for (Letter letter : letters) {
      byIncident.computeIfAbsent(letter.incident().id(), _ -> new ArrayList<>()).add(letter);
      sent.computeIfAbsent(letter.receiver(), _ -> new ArrayList<>()).add(letter.planned());
    }
    SortedTree<IncidentId, Dossier> dossiers = SortedTree.empty();
    for (Incident incident : open) {
      List<Letter> own = byIncident.getOrDefault(incident.id(), List.of());
      dossiers = dossiers.with(incident.id(), Dossier.of(incident, own, incident.opened()));
    }
    SortedTree<String, Flow> flows = SortedTree.empty();
    for (Map.Entry<String, List<Instant>> each : sent.entrySet()) {
      List<Instant> times = each.getValue().stream().sorted(Comparator.naturalOrder()).toList();
      flows = flows.with(each.getKey(), new Flow(times, 0));
    }
    return new Desk(Routing.NONE, List.of(), SortedTree.empty(), dossiers, flows);
  }

  /**
   * Takes in what happened.
   *
   * @param now the same as the core's
   */
  public DeskStep step(DeskInput input, Instant now) {
    DeskTurn turn = new DeskTurn(this, now);
    switch (input) {
      case DeskInput.Decided(List<Effect> effects) -> turn.decided(effects);
      case DeskInput.Tick() -> turn.ticked();
      case DeskInput.Configured(Configuration configuration) -> {
        turn.routing = Routing.of(configuration);
        turn.lookAgain();
      }
      case DeskInput.Acknowledged deed -> turn.acknowledged(deed);
      case DeskInput.Silenced(List<DeskInput.Silence> inForce) -> {
        turn.silences = inForce;
        turn.lookAgain();
      }
      case DeskInput.ReceiverFails(String name, Instant since) -> turn.fails(name, since);
      case DeskInput.ReceiverWorks(String name) -> turn.failing = turn.failing.without(name);
    }
    return turn.done();
  }

  Routing routing() {
    return routing;
  }

  List<DeskInput.Silence> silences() {
    return silences;
  }

  SortedTree<String, Instant> failing() {
    return failing;
  }

  SortedTree<IncidentId, Dossier> dossiers() {
    return dossiers;
  }

  SortedTree<String, Flow> flows() {
    return flows;
  }
}
