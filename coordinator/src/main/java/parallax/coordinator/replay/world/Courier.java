package parallax.coordinator.replay.world;

import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;

/** When messages arrive at the coordinator: as often as they arrive, which may be never. */
public final class Courier {
  /** How long a message is on the way when nothing delays it. */
  public static final long TRANSIT_MS = 100;

  /** What was held is sent within this time. */
  static final long HOLD_SPREAD_MS = 2_000;

  static final long FIRST_COPY_MS = 1_000;
  static final long LAST_COPY_MS = 30_000;

  private final Scenario scenario;
  private final Draws draws;
  private final List<BoundEvent<Change.Delivery>> events;

  public Courier(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.draws = new Draws(seed);
    this.events = BoundEvent.of(scenario, Change.Delivery.class);
  }

  /** When the result of a check that ended at {@code endMs} arrives: the first, then copies. */
  public List<Long> result(Look look, long endMs) {
    List<BoundEvent<Change.Delivery>> active = new ArrayList<>();
    for (BoundEvent<Change.Delivery> event : events) {
      if (event.concerns(look.probe(), look.target(), endMs)) {
        active.add(event);
      }
    }
    return arrivals(active, new Message(resultKey(look), endMs, true));
  }

  /** When the heartbeat that a probe sends at {@code sentMs} arrives. */
  public List<Long> heartbeat(int probe, long sentMs) {
    List<BoundEvent<Change.Delivery>> active = new ArrayList<>();
    for (BoundEvent<Change.Delivery> event : events) {
      if (event.concerns(probe, sentMs)) {
        active.add(event);
      }
    }
    return arrivals(active, new Message(heartbeatKey(probe, sentMs), sentMs, false));
  }

  /**
   * A message on its way.
   *
   * @param key the hash of its name in the keys of draws, without what comes before
   */
  private record Message(Key key, long finishedMs, boolean mayWait) {}

  /** The name of a message, to go on with from the hash of what stands before it. */
  @FunctionalInterface
  private interface Key {
    long after(long hash);
  }

  private List<Long> arrivals(List<BoundEvent<Change.Delivery>> active, Message message) {
    long sentMs = message.finishedMs();
    long delayMs = 0;
    for (BoundEvent<Change.Delivery> event : active) {
      Change.Delivery delivery = event.change();
      if (delivery.drop() || (delivery.holdUntilMs().isPresent() && !message.mayWait())) {
        return List.of();
      }
      if (delivery.holdUntilMs().isPresent()) {
        double share = draws.draw(key('h', event, message));
        long heldMs = delivery.holdUntilMs().getAsLong() + Math.round(share * HOLD_SPREAD_MS);
        sentMs = Math.max(sentMs, heldMs);
      }
      delayMs += delay(event, message);
    }
    List<Long> arrivals = new ArrayList<>();
    long firstMs = sentMs + TRANSIT_MS + delayMs;
    arrivals.add(firstMs);
    for (BoundEvent<Change.Delivery> event : active) {
      for (int copy = 0; copy < event.change().duplicates(); copy++) {
        double share = draws.draw(copyKey(copy, event, message));
        arrivals.add(firstMs + FIRST_COPY_MS + Math.round(share * (LAST_COPY_MS - FIRST_COPY_MS)));
      }
    }
    return arrivals;
  }

  private long delay(BoundEvent<Change.Delivery> event, Message message) {
    Change.Delivery delivery = event.change();
    long spreadMs = delivery.maxDelayMs() - delivery.minDelayMs();
    return spreadMs == 0
        ? delivery.minDelayMs()
        : delivery.minDelayMs() + Math.round(draws.draw(key('d', event, message)) * spreadMs);
  }

  private static long key(char what, BoundEvent<?> event, Message message) {
    long key = Draws.text(Draws.EMPTY, String.valueOf(what));
    return message.key().after(Draws.bar(Draws.barNumber(key, event.event().index())));
  }

  private static long copyKey(int copy, BoundEvent<?> event, Message message) {
    long key = Draws.barNumber(Draws.text(Draws.EMPTY, "c"), event.event().index());
    return message.key().after(Draws.bar(Draws.barNumber(key, copy)));
  }

  private Key resultKey(Look look) {
    return hash -> {
      long key = Draws.text(Draws.text(hash, "r"), scenario.probes().get(look.probe()).id());
      key = Draws.barText(key, scenario.targets().get(look.target()).id());
      return Draws.barNumber(Draws.barText(key, look.check().word()), look.startMs());
    };
  }

  private Key heartbeatKey(int probe, long sentMs) {
    return hash ->
        Draws.barNumber(
            Draws.text(Draws.text(hash, "hb"), scenario.probes().get(probe).id()), sentMs);
  }
}
