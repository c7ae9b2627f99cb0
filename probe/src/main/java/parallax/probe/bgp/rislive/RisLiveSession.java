package parallax.probe.bgp.rislive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import parallax.probe.bgp.rislive.message.RisLiveMessage;
import parallax.probe.bgp.rislive.message.RisLiveRequests;
import parallax.probe.net.Cidr;

/**
 * The client's side of RIS Live, without socket and clock: tell it what happens and when, and do
 * what it answers. Used by one thread.
 */
final class RisLiveSession {
  /** In a row: then it is not RIS Live that speaks. */
  static final int MAX_MALFORMED = 100;

  /** Of which a pong shows that they are alive. There are thirty. */
  static final int MAX_COLLECTORS = 128;

  private final RisLiveSettings settings;
  private final Subscriptions subscriptions;
  private final Backoff backoff;
  private final Set<String> collectors = new LinkedHashSet<>();
  private boolean open;
  private boolean closing;

  /** Whether the last end was our own wish, so that no pause is due. */
  private boolean wished;

  private Instant connectAt = Instant.MIN;
  private Instant openedAt = Instant.MIN;
  private Instant lastFrame = Instant.MIN;
  private Instant lastPing = Instant.MIN;
  private int malformed;

  RisLiveSession(RisLiveSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.subscriptions = new Subscriptions(settings);
    this.backoff = new Backoff(settings.pause(), random);
  }

  /** Sets what is wanted; how many of it there is room for, the first ones. */
  int want(Collection<Cidr> prefixes) {
    return subscriptions.want(prefixes);
  }

  Collection<Cidr> wanted() {
    return subscriptions.wanted();
  }

  /** When to connect; empty while there is a connection, or nothing to have one for. */
  Optional<Instant> connectAt() {
    return open || subscriptions.nothingWanted() ? Optional.empty() : Optional.of(connectAt);
  }

  /**
   * A connection stands.
   *
   * @param filtered what it was asked for when it was made; empty for one that takes requests
   */
  List<Effect> opened(Collection<Cidr> filtered, Instant now) {
    open = true;
    closing = false;
    wished = false;
    malformed = 0;
    openedAt = now;
    lastFrame = now;
    lastPing = now;
    collectors.clear();
    if (!settings.takesRequests()) {
      subscriptions.openedWith(filtered);
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Send(RisLiveRequests.COLLECTORS));
    effects.add(new Effect.Send(subscriptions.opened(now)));
    effects.addAll(tick(now));
    return effects;
  }

  /** There is none any more, or none could be made. */
  void closed(Instant now) {
    boolean steady = open && !now.isBefore(openedAt.plus(settings.silence()));
    open = false;
    if (steady) {
      backoff.reset();
    }
    connectAt = wished ? now : now.plus(backoff.next());
    wished = false;
  }

  /** A frame came. */
  List<Effect> received(RisLiveMessage message, Instant now) {
    lastFrame = now;
    malformed = message instanceof RisLiveMessage.Malformed ? malformed + 1 : 0;
    return switch (message) {
      case RisLiveMessage.Heard heard -> {
        know(heard.peer().source());
        yield List.of(
            heard.events().isEmpty()
                ? new Effect.Alive(heard.peer().source())
                : new Effect.Hear(heard.events()));
      }
      case RisLiveMessage.Pong _ ->
          collectors.stream().map(name -> (Effect) new Effect.Alive(name)).toList();
      case RisLiveMessage.Subscribed(List<Cidr> prefixes) -> {
        subscriptions.acknowledged(prefixes);
        yield List.of();
      }
      case RisLiveMessage.Collectors(List<String> names) -> {
        names.forEach(this::know);
        yield names.stream().map(name -> (Effect) new Effect.Alive(name)).toList();
      }
      case RisLiveMessage.Refused(String reason) -> close("the service says: " + reason);
      case RisLiveMessage.Ignored _ -> List.of();
      case RisLiveMessage.Malformed _ ->
          malformed < MAX_MALFORMED
              ? List.of()
              : close(MAX_MALFORMED + " frames in a row could not be read");
    };
  }

  private void know(String collector) {
    if (collectors.size() < MAX_COLLECTORS) {
      collectors.add(collector);
    }
  }

  /** Time has passed; call it at {@link #due} or before. */
  List<Effect> tick(Instant now) {
    if (!open || closing) {
      return List.of();
    }
    if (subscriptions.nothingWanted()) {
      wished = true;
      return close("nothing is wanted any more");
    }
    if (!settings.takesRequests() && subscriptions.outdated()) {
      wished = true;
      return close("something else is wanted");
    }
    if (!now.isBefore(lastFrame.plus(settings.silence()))) {
      return close("nothing came for " + settings.silence().toSeconds() + " s");
    }
    if (subscriptions.overdueAt().filter(at -> !now.isBefore(at)).isPresent()) {
      return close(
          "no subscription within "
              + settings.acknowledgeWithin().toSeconds()
              + " s of the request");
    }
    List<Effect> effects = new ArrayList<>();
    subscriptions.due(now).forEach(request -> effects.add(new Effect.Send(request)));
    if (settings.takesRequests() && !now.isBefore(lastPing.plus(settings.pingEvery()))) {
      lastPing = now;
      effects.add(new Effect.Send(RisLiveRequests.PING));
    }
    return effects;
  }

  private List<Effect> close(String reason) {
    closing = true;
    return List.of(new Effect.Close(reason));
  }

  /** When the next thing is to be done on the connection, unless something comes. */
  Instant due() {
    Instant silent = lastFrame.plus(settings.silence());
    if (!settings.takesRequests()) {
      return silent;
    }
    return Stream.of(
            Optional.of(silent),
            Optional.of(lastPing.plus(settings.pingEvery())),
            subscriptions.overdueAt(),
            subscriptions.nextAt())
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(silent);
  }
}
