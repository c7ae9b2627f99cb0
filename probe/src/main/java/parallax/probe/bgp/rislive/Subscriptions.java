package parallax.probe.bgp.rislive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parallax.probe.bgp.rislive.message.RisLiveRequests;
import parallax.probe.net.Cidr;

/** What is wanted, what the connection was asked for, and what it has not acknowledged yet. */
final class Subscriptions {
  /** More are left out; who has more runs a collector of its own. */
  static final int MAX_PREFIXES = 10_000;

  private final RisLiveSettings.Pace pace;
  private final Duration acknowledgeWithin;
  private final Set<Cidr> wanted = new LinkedHashSet<>();
  private final Set<Cidr> asked = new LinkedHashSet<>();
  private final Set<Cidr> toAsk = new LinkedHashSet<>();
  private final Set<Cidr> toTakeBack = new LinkedHashSet<>();
  private final Map<Cidr, Instant> pending = new LinkedHashMap<>();
  private Optional<Instant> sessionsPending = Optional.empty();

  /** Requests are paid for up to here: one more may be sent when it is a turn ago. */
  private Instant paid = Instant.EPOCH;

  Subscriptions(RisLiveSettings settings) {
    this.pace = settings.pace();
    this.acknowledgeWithin = settings.acknowledgeWithin();
  }

  /** Sets what is wanted; how many of it there is room for, the first ones. */
  int want(Collection<Cidr> prefixes) {
    wanted.clear();
    prefixes.stream().limit(MAX_PREFIXES).forEach(wanted::add);
    compare();
    return wanted.size();
  }

  private void compare() {
    toAsk.clear();
    toAsk.addAll(wanted);
    toAsk.removeAll(asked);
    toTakeBack.clear();
    toTakeBack.addAll(asked);
    toTakeBack.removeAll(wanted);
  }

  Collection<Cidr> wanted() {
    return List.copyOf(wanted);
  }

  boolean nothingWanted() {
    return wanted.isEmpty();
  }

  /** Whether the connection was asked for anything else than what is wanted. */
  boolean outdated() {
    return !toAsk.isEmpty() || !toTakeBack.isEmpty();
  }

  /** A connection stands that is asked for everything anew, that about sessions first. */
  String opened(Instant now) {
    forget();
    sessionsPending = Optional.of(now);
    paid = now.minus(pace.every().multipliedBy(pace.burst()));
    return RisLiveRequests.subscribe(RisLiveRequests.SESSIONS);
  }

  /** A connection stands that was asked for what is wanted when it was made. */
  void openedWith(Collection<Cidr> prefixes) {
    forget();
    asked.addAll(prefixes);
    compare();
  }

  private void forget() {
    asked.clear();
    pending.clear();
    sessionsPending = Optional.empty();
    compare();
  }

  /** The requests whose turn it is. */
  List<String> due(Instant now) {
    List<String> requests = new ArrayList<>();
    while (outdated() && !turn().isAfter(now)) {
      Instant since = now.minus(pace.every().multipliedBy(pace.burst()));
      paid = (paid.isBefore(since) ? since : paid).plus(pace.every());
      requests.add(toTakeBack.isEmpty() ? ask(now) : takeBack());
    }
    return requests;
  }

  /** When one more request may be sent. */
  private Instant turn() {
    return paid.plus(pace.every());
  }

  private String ask(Instant now) {
    Cidr prefix = taken(toAsk);
    asked.add(prefix);
    pending.put(prefix, now);
    return RisLiveRequests.subscribe(RisLiveRequests.updates(List.of(prefix)));
  }

  private String takeBack() {
    Cidr prefix = taken(toTakeBack);
    asked.remove(prefix);
    pending.remove(prefix);
    return RisLiveRequests.unsubscribe(RisLiveRequests.updates(List.of(prefix)));
  }

  private static Cidr taken(Set<Cidr> from) {
    Iterator<Cidr> first = from.iterator();
    Cidr prefix = first.next();
    first.remove();
    return prefix;
  }

  /** Of these prefixes; of sessions where there are none. */
  void acknowledged(List<Cidr> prefixes) {
    if (prefixes.isEmpty()) {
      sessionsPending = Optional.empty();
    }
    prefixes.forEach(pending::remove);
  }

  /** When the oldest request that was not acknowledged is overdue. */
  Optional<Instant> overdueAt() {
    Optional<Instant> first = pending.values().stream().findFirst();
    return sessionsPending.or(() -> first).map(asked -> asked.plus(acknowledgeWithin));
  }

  /** When the next request may be sent; empty when there is none. */
  Optional<Instant> nextAt() {
    return outdated() ? Optional.of(turn()) : Optional.empty();
  }
}
