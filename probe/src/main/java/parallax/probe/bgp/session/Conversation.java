package parallax.probe.bgp.session;

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
import java.util.function.BooleanSupplier;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.session.SessionMachine.Step;
import parallax.probe.bgp.session.SessionState.Phase;
import parallax.probe.bgp.session.listen.FigureBook;

/** Carries out on one connection what the rules of a session say. */
final class Conversation {
  private static final int CEASE = 6;
  private static final int COLLISION = 7;

  /** How long it reads before it looks whether something is due. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  /** So many events and more are told at once. */
  private static final int BATCH = 4_096;

  private static final Duration FORMER = Duration.ofSeconds(5);

  /** For the last word to be sent, and to be read. */
  private static final Duration LAST_WORD = Duration.ofMillis(200);

  private static final int MAX_LAST_READS = 16;

  private final Speaker speaker;
  private final InstantSource clock;
  private final Neighbour neighbour;
  private final Socket socket;
  private final Voice voice;
  private final SessionMachine machine;
  private final List<RouteEvent> events = new ArrayList<>();
  private SessionState state;
  private long malformed;

  /** What the conversations of one speaker share. */
  record Speaker(
      SessionSettings settings,
      InstantSource clock,
      FigureBook figures,
      Sessions sessions,
      BooleanSupplier closing) {}

  Conversation(Speaker speaker, Neighbour neighbour, Socket socket) {
    this.speaker = speaker;
    this.clock = speaker.clock();
    this.neighbour = neighbour;
    this.socket = socket;
    this.voice = new Voice(socket);
    this.machine =
        new SessionMachine(
            speaker.settings(),
            new Peer(speaker.sessions().source(), neighbour.name(), neighbour.asn()));
    this.state = machine.begin(clock.instant()).state();
  }

  /** Holds it to its end. */
  void hold() throws InterruptedException {
    voice.begin();
    Sessions sessions = speaker.sessions();
    Sessions.Entry entry = sessions.enter(neighbour, socket);
    if (entry.seat().isEmpty()) {
      voice.say(new Notification(CEASE, COLLISION, Optional.empty()));
      bow();
      return;
    }
    Sessions.Seat seat = entry.seat().get();
    try {
      if (entry.former().isEmpty() || entry.former().get().replace(FORMER)) {
        read(seat);
      }
    } finally {
      sessions.leave(neighbour, seat);
    }
    bow();
  }

  private void read(Sessions.Seat seat) {
    Instant begun = clock.instant();
    carryOut(machine.begin(begun));
    try {
      socket.setSoTimeout((int) MAX_WAIT.toMillis());
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[MessageFrames.MAX_PIECE];
      MessageFrames frames = new MessageFrames();
      while (state.phase() != Phase.ENDED) {
        int count = read(in, buffer);
        if (count < 0) {
          boolean ours = speaker.closing().getAsBoolean();
          step(ours ? new SessionInput.Stop() : new SessionInput.Lost("the connection was closed"));
        } else {
          frames.put(buffer, count);
          take(frames, count);
          state.theirs().ifPresent(open -> seat.knows(open.capabilities()));
          step(new SessionInput.Tick());
        }
      }
    } catch (IOException broken) {
      step(new SessionInput.Lost(String.valueOf(broken.getMessage())));
    }
  }

  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (SocketTimeoutException nothingCame) {
      return 0;
    }
  }

  private void take(MessageFrames frames, int bytes) {
    Instant now = clock.instant();
    long before = malformed;
    long messages = 0;
    Optional<Decoded> next = frames.next(state.context());
    while (next.isPresent() && state.phase() != Phase.ENDED) {
      messages++;
      malformed += next.get() instanceof Decoded.Broken ? 1 : 0;
      step(new SessionInput.Came(next.get()));
      next = state.phase() == Phase.ENDED ? Optional.empty() : frames.next(state.context());
    }
    tell();
    speaker.figures().came(bytes, messages, malformed - before, now, Optional.empty());
  }

  private void step(SessionInput input) {
    carryOut(machine.step(state, input, clock.instant()));
  }

  private void carryOut(Step step) {
    boolean wasUp = state.phase() == Phase.ESTABLISHED;
    state = step.state();
    if (!wasUp && state.phase() == Phase.ESTABLISHED) {
      speaker.sessions().up(clock.instant());
    }
    for (SessionEffect effect : step.effects()) {
      switch (effect) {
        case SessionEffect.Send(BgpMessage message) -> say(message);
        case SessionEffect.Tell(RouteEvent event) -> events.add(event);
        case SessionEffect.Alive _ -> speaker.sessions().alive(clock.instant());
        case SessionEffect.Faulty _ -> malformed++;
        case SessionEffect.Close(String reason) -> {
          tell();
          if (wasUp) {
            speaker.sessions().down(clock.instant(), neighbour.name() + ": " + reason);
          }
        }
      }
    }
    if (events.size() >= BATCH) {
      tell();
    }
  }

  private void say(BgpMessage message) {
    if (!voice.say(message) && state.phase() != Phase.ENDED) {
      step(new SessionInput.Lost("the neighbour does not read"));
    }
  }

  /** Tells what is to be told; while that takes time the neighbour is not to blame for silence. */
  private void tell() {
    if (!events.isEmpty()) {
      Instant before = clock.instant();
      speaker.sessions().heard(List.copyOf(events), before);
      events.clear();
      Duration held = Duration.between(before, clock.instant());
      if (held.compareTo(MAX_WAIT) > 0) {
        state = machine.step(state, new SessionInput.HeldUp(held), clock.instant()).state();
      }
    }
  }

  /** Closing at once would take back what was said last, where there is something left to read. */
  private void bow() throws InterruptedException {
    voice.end(LAST_WORD);
    try {
      socket.shutdownOutput();
      socket.setSoTimeout((int) LAST_WORD.dividedBy(MAX_LAST_READS).toMillis());
      byte[] rest = new byte[MessageFrames.MAX_PIECE];
      int reads = 0;
      while (reads < MAX_LAST_READS && read(socket.getInputStream(), rest) >= 0) {
        reads++;
      }
    } catch (IOException closed) {
      voice.end(Duration.ZERO);
    }
  }
}
