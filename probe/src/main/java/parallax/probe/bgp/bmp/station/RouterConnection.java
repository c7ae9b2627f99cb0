package parallax.probe.bgp.bmp.station;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.bmp.BmpDecoder;
import parallax.probe.bgp.bmp.BmpMessage;
import parallax.probe.bgp.bmp.RouterView;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.session.listen.FigureBook;

/** The connection of one router, from its first byte to its last. */
final class RouterConnection {
  private static final int BUFFER = 64 * 1024;

  /** So many events and more are told at once. */
  private static final int BATCH = 4_096;

  /** How long it reads before it looks whether something is due. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private static final Duration ALIVE_EVERY = Duration.ofSeconds(20);

  /** Who connects says who it is; who says nothing is no router. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(30);

  /** For the former connection of the same router to end. */
  private static final Duration FORMER = Duration.ofSeconds(5);

  private final StationSettings settings;
  private final InstantSource clock;
  private final FigureBook figures;
  private final RouterNames names;
  private final RouteListener listener;

  private final Socket socket;
  private final RouterView view;
  private final BmpDecoder decoder = new BmpDecoder();
  private Optional<RouterNames.Claim> claim = Optional.empty();
  private Instant lastMessage;
  private Instant nextAlive;

  /** What the connections of one station share. */
  record Station(
      StationSettings settings,
      InstantSource clock,
      FigureBook figures,
      RouterNames names,
      RouteListener listener) {}

  RouterConnection(Station station, Socket socket) {
    this.settings = station.settings();
    this.clock = station.clock();
    this.figures = station.figures();
    this.names = station.names();
    this.listener = station.listener();
    this.socket = socket;
    this.view = new RouterView(socket.getInetAddress().getHostAddress(), settings.maxPeers());
    this.lastMessage = clock.instant();
    this.nextAlive = lastMessage.plus(ALIVE_EVERY);
  }

  /** Reads to the end, and tells that. */
  void read() throws InterruptedException {
    String why = "the station is closing";
    try {
      why = readOn();
    } catch (IOException broken) {
      why = String.valueOf(broken.getMessage());
    } finally {
      if (claim.isPresent()) {
        Instant now = clock.instant();
        listener.heard(view.end(now), now);
        boolean replaced = claim.get().holder().isReplaced();
        listener.lost(claim.get().name(), now, replaced ? "the router connected anew" : why);
        names.release(claim.get());
      }
    }
  }

  /** Why it is over. */
  private String readOn() throws IOException, InterruptedException {
    socket.setSoTimeout((int) MAX_WAIT.toMillis());
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[BUFFER];
    Optional<String> end = Optional.empty();
    while (end.isEmpty()) {
      int count = 0;
      try {
        count = in.read(buffer);
      } catch (SocketTimeoutException nothingCame) {
        count = 0;
      }
      if (count < 0) {
        int rest = decoder.unread();
        return "the connection was closed" + (rest == 0 ? "" : " within a message");
      }
      decoder.put(buffer, count);
      end = take(count);
      if (end.isEmpty()) {
        end = look(clock.instant());
      }
    }
    return end.get();
  }

  /** Takes in what is whole; why it is over, if it is. */
  private Optional<String> take(int bytes) throws InterruptedException {
    Instant now = clock.instant();
    List<RouteEvent> events = new ArrayList<>();
    Optional<Instant> told = Optional.empty();
    Optional<String> end = Optional.empty();
    long messages = 0;
    long broken = view.broken();
    Optional<BmpMessage> next = decoder.next(view);
    while (next.isPresent() && end.isEmpty()) {
      BmpMessage message = next.get();
      messages++;
      told = message instanceof BmpMessage.OfPeer one ? one.peer().at() : told;
      end = take(message, now, events);
      if (events.size() >= BATCH) {
        listener.heard(List.copyOf(events), now);
        events.clear();
      }
      next = decoder.next(view);
    }
    if (!events.isEmpty()) {
      listener.heard(events, now);
    }
    figures.came(bytes, messages, view.broken() - broken, now, told);
    lastMessage = messages > 0 ? now : lastMessage;
    return end.or(
        () -> decoder.fault().map(fault -> fault.reason() + " at byte " + fault.position()));
  }

  private Optional<String> take(BmpMessage message, Instant now, List<RouteEvent> events)
      throws InterruptedException {
    // Its name is settled before anything is told: it says it first, or not at all.
    if (message instanceof BmpMessage.Initiation) {
      view.take(message, now);
    }
    if (claim.isEmpty()) {
      RouterNames.Claim mine = names.claim(view.name(), socket);
      claim = Optional.of(mine);
      view.settle(mine.name());
      if (mine.former().isPresent() && !mine.former().get().replace(FORMER)) {
        return Optional.of("the former connection of the router does not end");
      }
      listener.connected(mine.name(), now);
    }
    events.addAll(view.take(message, now));
    return message instanceof BmpMessage.Termination(_, var reason)
        ? Optional.of("the router ended it" + reason.map(code -> ", reason " + code).orElse(""))
        : Optional.empty();
  }

  /** What the time brings; why it is over, if it is. */
  private Optional<String> look(Instant now) {
    Duration most = claim.isPresent() ? settings.idle() : FIRST_WORD;
    if (!now.isBefore(lastMessage.plus(most))) {
      return Optional.of("no message for " + most.toSeconds() + " s");
    }
    if (claim.isPresent() && !now.isBefore(nextAlive)) {
      listener.alive(claim.get().name(), now);
      nextAlive = now.plus(ALIVE_EVERY);
    }
    return Optional.empty();
  }
}
