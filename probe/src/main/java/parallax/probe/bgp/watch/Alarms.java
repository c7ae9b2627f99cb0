package parallax.probe.bgp.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.net.Cidr;

/** What is strange at one prefix now: verdicts that were told and are not over. */
final class Alarms {
  /** Further ones of one prefix are logged, and not shown. */
  private static final int MAX_OPEN = 64;

  private final Map<Key, RouteVerdict> open = new LinkedHashMap<>();

  private record Key(Cidr announced, long origin, long neighbour) {}

  /** Takes in a verdict of this prefix. */
  void note(RouteVerdict verdict) {
    switch (verdict) {
      case RouteVerdict.Reached _, RouteVerdict.PathShifted _ -> {}
      case RouteVerdict.ForeignOrigin it ->
          put(
              new Key(it.announced(), it.origin(), 0),
              it,
              it.weight() == RouteVerdict.Weight.ALARM);
      case RouteVerdict.NewNeighbour it ->
          put(
              new Key(it.announced(), it.origin(), it.neighbour()),
              it,
              it.weight() == RouteVerdict.Weight.ALARM);
      case RouteVerdict.ValidityTurned it ->
          put(
              new Key(it.prefix(), it.origin(), -1),
              it,
              it.now().equals(Optional.of(Validity.INVALID)));
    }
  }

  private void put(Key key, RouteVerdict verdict, boolean isOpen) {
    if (!isOpen) {
      open.remove(key);
    } else if (open.containsKey(key) || open.size() < MAX_OPEN) {
      open.put(key, verdict);
    }
  }

  <T extends RouteVerdict> List<T> of(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (RouteVerdict verdict : open.values()) {
      if (kind.isInstance(verdict)) {
        found.add(kind.cast(verdict));
      }
    }
    return found;
  }
}
