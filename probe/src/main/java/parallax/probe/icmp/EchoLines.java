package parallax.probe.icmp;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.probe.check.NanoSource;
import parallax.probe.kernel.Kernel;

/**
 * Echoes of the whole probe over one socket for each family (and one more for those that must not
 * be taken apart), whoever they are for: replies are told apart by sequence, sender and a payload
 * that nobody can guess. A socket has a thread that waits for what comes; both are gone when
 * nothing was asked for {@link #IDLE}.
 */
public final class EchoLines {
  /** Echoes under way over one socket; the sequence has 16 bits. */
  public static final int MAX_UNDER_WAY = 20_000;

  /** A socket without use is closed after this time. */
  static final Duration IDLE = Duration.ofMinutes(10);

  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Logger LOG = LoggerFactory.getLogger(EchoLines.class);

  private final InstantSource clock;
  private final NanoSource nanos;
  private final Map<Key, EchoLine> lines = Collections.synchronizedMap(new HashMap<>());
  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean warm = new AtomicBoolean();

  private record Key(boolean six, boolean dontFragment) {}

  /**
   * @param clock the machine's, by which the kernel says when a packet came
   */
  public EchoLines(InstantSource clock, NanoSource nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** One request under way. */
  public interface Asked {
    /** Nothing is to be heard of it any more. */
    void forget();

    /** Packets that were lost on this machine for want of room, so far. */
    int dropped();
  }

  /** This machine lets nobody send echoes who may not open raw sockets. */
  public static final class NotAllowed extends Exception {
    private static final long serialVersionUID = 1;

    NotAllowed() {
      super(
          "ICMP is not allowed here: let net.ipv4.ping_group_range hold a group of this user, or"
              + " give CAP_NET_RAW");
    }
  }

  /** Too many are under way. */
  public static final class TooMany extends Exception {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("more than " + MAX_UNDER_WAY + " echoes under way");
    }
  }

  /** Whether a socket of that kind is open: the first one takes a while. */
  public boolean isOpen(boolean six, boolean dontFragment) {
    return lines.containsKey(new Key(six, dontFragment));
  }

  /**
   * Opens a socket of that kind, where there is none.
   *
   * @throws IOException as the kernel says it
   */
  public void open(boolean six, boolean dontFragment) throws NotAllowed, IOException {
    synchronized (lines) {
      EchoLine _ = line(new Key(six, dontFragment));
    }
  }

  /**
   * Sends a request; does not wait.
   *
   * @param ear hears at most one thing, on a thread of its own that must not be kept waiting
   * @throws IOException when it could not be sent, as the kernel says it
   */
  public Asked ask(EchoRequest request, Consumer<EchoHeard> ear)
      throws NotAllowed, TooMany, IOException {
    EchoLine line;
    EchoLine.Pending pending;
    synchronized (lines) {
      line = line(new Key(request.six(), request.dontFragment()));
      pending = line.register(request, ear);
    }
    line.send(pending);
    return pending;
  }

  private EchoLine line(Key key) throws NotAllowed, Kernel.Refused {
    EchoLine known = lines.get(key);
    if (known != null) {
      return known;
    }
    try {
      EchoSocket socket = EchoSocket.open(key.six(), key.dontFragment(), PATIENCE);
      EchoLine line = new EchoLine(socket, clock, nanos);
      if (!warm.getAndSet(true)) {
        line.warmUp();
      }
      lines.put(key, line);
      Thread _ = Thread.ofPlatform().name("echoes").daemon().start(() -> listen(key, line));
      return line;
    } catch (Kernel.Refused refused) {
      if (refused.errno() == Kernel.EACCES || refused.errno() == Kernel.EPERM) {
        throw new NotAllowed();
      }
      throw refused;
    }
  }

  private void listen(Key key, EchoLine line) {
    long idleSince = nanos.nanos();
    try (EchoInbox inbox = new EchoInbox(line.socket())) {
      while (true) {
        try {
          inbox.next().ifPresent(line::came);
        } catch (Kernel.Refused | RuntimeException odd) {
          // Whatever one packet does, others are waited for; but not in a circle without a pause.
          if (!told.getAndSet(true)) {
            LOG.info("icmp=odd", odd);
          }
          TimeUnit.MILLISECONDS.sleep(1);
        }
        long now = nanos.nanos();
        idleSince = line.isIdle() ? idleSince : now;
        if (now - idleSince > IDLE.toNanos() && ended(key, line)) {
          return;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lines.remove(key, line);
      line.socket().close();
    }
  }

  private boolean ended(Key key, EchoLine line) {
    synchronized (lines) {
      return line.isIdle() && lines.remove(key, line);
    }
  }
}
