package parallax.coordinator.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.persistent.SortedTree;

/** One step of the desk while it is taken. */
final class DeskTurn {
  /** What is over is known for so long, for it may be reopened. */
  static final Duration KEPT = Duration.ofDays(1);

  /** Of more that is over the oldest is forgotten. */
  static final int MAX_OVER = 10_000;

  /** The most incidents that one letter tells of. */
  static final int MAX_IN_DIGEST = 200;

  final Instant now;
  Routing routing;
  List<DeskInput.Silence> silences;
  SortedTree<String, Instant> failing;
  private SortedTree<IncidentId, Dossier> dossiers;
  private SortedTree<String, Flow> flows;
  private final Map<String, Flow.Going> going = new TreeMap<>();
  private final SortedMap<String, List<Incident>> collected = new TreeMap<>();
  private final List<Effect> effects = new ArrayList<>();

  DeskTurn(Desk desk, Instant now) {
    this.now = now;
    routing = desk.routing();
    silences = desk.silences();
    failing = desk.failing();
    dossiers = desk.dossiers();
    flows = desk.flows();
  }

  DeskStep done() {
    digests();
    going.forEach((receiver, flow) -> flows = flows.with(receiver, flow.flow()));
    return new DeskStep(new Desk(routing, silences, failing, dossiers, flows), effects);
  }

  void decided(List<Effect> all) {
    for (Effect effect : all) {
      switch (effect) {
        case Effect.IncidentChanged(Incident incident) -> {
          effects.add(effect);
          changed(incident);
        }
        case Effect.Tell(Notice notice) -> told(notice);
        case Effect.VerdictChanged _, Effect.TargetForgotten _, Effect.AskAgain _ ->
            effects.add(effect);
      }
    }
  }

  /** Whatever is to be told of it is told with the next tick, for more may change until then. */
  private void changed(Incident incident) {
    Dossier known =
        dossiers
            .get(incident.id())
            .map(before -> before.with(incident))
            .orElseGet(() -> Dossier.of(incident, now));
    put(known.published() && incident.isOpen() ? known.dueBy(now) : known);
  }

  private void told(Notice notice) {
    Incident incident = notice.incident();
    Dossier known =
        dossiers
            .get(incident.id())
            .map(before -> before.with(incident))
            .orElseGet(() -> Dossier.of(incident, now));
    Look look =
        switch (notice.kind()) {
          case OPENED -> new Look(this, known.publishedAt(now)).atAll();
          case REOPENED -> new Look(this, known.reopenedAt(now)).atAll();
          case RESOLVED -> new Look(this, known).atEnd();
          case CHANGED, REMINDER, ESCALATED, ACKNOWLEDGED -> new Look(this, known).atAll();
        };
    put(look.dossier());
    effects.addAll(look.effects().isEmpty() ? List.of(new Effect.Tell(notice)) : look.effects());
  }

  /** Looks after what is due: the worst first, and the oldest of those. */
  void ticked() {
    List<Dossier> due = new ArrayList<>();
    List<Dossier> over = new ArrayList<>();
    for (Dossier each : dossiers.values()) {
      if (!each.incident().isOpen()) {
        over.add(each);
      } else if (!each.due().isAfter(now)) {
        due.add(each);
      }
    }
    due.sort(
        Comparator.comparing((Dossier each) -> Routing.severity(each.incident()))
            .thenComparing(Dossier::began)
            .thenComparing(Dossier::id));
    // Where there is little room nothing that lasts keeps out what is new.
    due.forEach(each -> tell(new Look(this, each).atBeginnings()));
    digests();
    due.forEach(
        each -> dossiers.get(each.id()).ifPresent(now -> tell(new Look(this, now).atAll())));
    forget(over);
  }

  private void tell(Look look) {
    put(look.dossier());
    effects.addAll(look.effects());
  }

  private void forget(List<Dossier> over) {
    Comparator<Dossier> oldest =
        Comparator.comparing((Dossier each) -> each.incident().resolved().orElse(now))
            .thenComparing(Dossier::id);
    over.sort(oldest);
    int surplus = Math.max(0, over.size() - MAX_OVER);
    for (int index = 0; index < over.size(); index++) {
      Dossier each = over.get(index);
      Instant until = each.incident().resolved().orElse(now).plus(KEPT);
      if (!each.published() || index < surplus || !until.isAfter(now)) {
        dossiers = dossiers.without(each.id());
      }
    }
  }

  void acknowledged(DeskInput.Acknowledged deed) {
    dossiers
        .get(deed.incident())
        .filter(known -> known.acknowledged().isEmpty() && known.isMeant(deed.at()))
        .ifPresent(known -> put(known.acknowledgedBy(deed.who()).dueBy(now)));
  }

  /** Looks after everything again, with the next tick. */
  void lookAgain() {
    every(known -> known.dueBy(now));
  }

  void fails(String receiver, Instant since) {
    failing = failing.with(receiver, since);
    every(known -> known.lines().containsKey(receiver) ? known.dueBy(now) : known);
  }

  private void every(UnaryOperator<Dossier> change) {
    dossiers.values().forEach(known -> put(change.apply(known)));
  }

  private void put(Dossier dossier) {
    dossiers = dossiers.with(dossier.id(), dossier);
  }

  Flow.Going flow(String receiver) {
    return going.computeIfAbsent(
        receiver,
        name -> new Flow.Going(flows.get(name).orElse(Flow.NONE), routing.cap(name), now));
  }

  /** Tells of an incident together with others. */
  void collect(String receiver, Incident incident) {
    collected.computeIfAbsent(receiver, _ -> new ArrayList<>()).add(incident);
  }

  private void digests() {
    collected.forEach(
        (receiver, all) -> {
          for (int from = 0; from < all.size(); from += MAX_IN_DIGEST) {
            digest(receiver, all.subList(from, Math.min(all.size(), from + MAX_IN_DIGEST)));
          }
        });
    collected.clear();
  }

  private void digest(String receiver, List<Incident> all) {
    Incident first = all.getFirst();
    List<IncidentId> others = all.stream().skip(1).map(Incident::id).toList();
    int held = flow(receiver).send(now);
    tell(first, new Notice.Along(held, Optional.empty(), others, Optional.empty()), receiver);
    Notice.Along within = new Notice.Along(0, Optional.empty(), List.of(), Optional.of(first.id()));
    all.stream().skip(1).forEach(other -> tell(other, within, receiver));
  }

  private void tell(Incident incident, Notice.Along along, String receiver) {
    Notice.Kind kind = Notice.Kind.OPENED;
    effects.add(new Effect.Tell(new Notice(kind, incident, 0, along, List.of(receiver))));
  }
}
