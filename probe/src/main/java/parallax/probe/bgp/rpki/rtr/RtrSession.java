package parallax.probe.bgp.rpki.rtr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.rpki.Vrp;
import parallax.probe.bgp.rpki.VrpTable;

/**
 * The router's side of RTR (RFC 8210 section 8), without socket and clock: tell it what happens and
 * when, and do what it answers. An answer of the cache counts as a whole at its end, or not at all.
 * Payloads outlive connections, until they expire.
 */
public final class RtrSession {
  /** Of one answer. More is a fault. */
  public static final int MAX_CHANGES = VrpTable.MAX_PAYLOADS;

  private final int firstVersion;
  private int version;
  private RtrDecoder decoder = new RtrDecoder();
  private State state = State.CLOSED;
  private Timing timing = Timing.DEFAULT;

  private VrpTable table = new VrpTable();
  private boolean filled;
  private int session = -1;
  private long serial;

  /** Of the answer that is coming in: everything anew, or changes to what is there. */
  private VrpTable coming = new VrpTable();

  private final List<RtrPdu.Payload> changes = new ArrayList<>();

  private Instant due;
  private Optional<Instant> answered = Optional.empty();

  private enum State {
    CLOSED,
    IDLE,
    ASKED_FOR_ALL,
    ASKED_FOR_CHANGES,
    TAKING_ALL,
    TAKING_CHANGES
  }

  /**
   * A session that wants to connect at once.
   *
   * @param version to begin with, 0 to 2; lower ones are fallen back to
   */
  public RtrSession(int version, Instant now) {
    if (version < 0 || version > RtrDecoder.MAX_VERSION) {
      throw new IllegalArgumentException("not a version: " + version);
    }
    this.firstVersion = version;
    this.version = version;
    this.due = now;
  }

  /** What counts now; empty before the first answer and after the last one has expired. */
  public Optional<VrpTable> payloads() {
    return filled ? Optional.of(table) : Optional.empty();
  }

  /** When to connect, where there is no connection, or else when something is due. */
  public Instant due() {
    return due;
  }

  /** Whether there is a connection. */
  public boolean connected() {
    return state != State.CLOSED;
  }

  /** The version in use. */
  public int version() {
    return version;
  }

  /** A connection is open. */
  public List<RtrEffect> opened(Instant now) {
    decoder = new RtrDecoder();
    return List.of(ask(now));
  }

  /** The connection could not be opened. */
  public List<RtrEffect> unreachable(Instant now) {
    close(now.plus(timing.retry()));
    return expiry(now);
  }

  /** The connection is closed, by whomever. */
  public List<RtrEffect> closed(Instant now) {
    if (state != State.CLOSED) {
      close(now.plus(timing.retry()));
    }
    return expiry(now);
  }

  /** Time goes on: to be told every few seconds, with and without a connection. */
  public List<RtrEffect> tick(Instant now) {
    List<RtrEffect> effects = new ArrayList<>(expiry(now));
    if (state == State.IDLE && !now.isBefore(due)) {
      effects.add(ask(now));
    } else if (state != State.CLOSED && !now.isBefore(due)) {
      effects.add(fail(now, "no whole answer in time"));
    }
    return effects;
  }

  /** The first {@code count} of these bytes have come. */
  public List<RtrEffect> received(byte[] bytes, int count, Instant now) {
    List<RtrEffect> effects = new ArrayList<>();
    for (RtrDecoder.Frame frame : decoder.take(bytes, count)) {
      if (state != State.CLOSED) {
        take(frame, now).ifPresent(effects::add);
      }
    }
    if (state != State.CLOSED) {
      decoder.fault().ifPresent(fault -> effects.add(faulty(fault, now)));
    }
    return effects;
  }

  private RtrEffect faulty(RtrDecoder.Fault fault, Instant now) {
    return fault.code() == RtrDecoder.UNSUPPORTED_VERSION
        ? lower(version - 1, now)
        : fail(now, fault.reason());
  }

  private Optional<RtrEffect> take(RtrDecoder.Frame frame, Instant now) {
    RtrPdu pdu = frame.pdu();
    boolean early = pdu instanceof RtrPdu.SerialNotify && state != State.IDLE;
    if (early) {
      // While an answer is awaited a notice says nothing, whatever its version (section 7).
      return Optional.empty();
    }
    if (pdu instanceof RtrPdu.ErrorReport(int code, String text)) {
      return Optional.of(refused(frame.version(), code, text, now));
    }
    if (frame.version() != version) {
      boolean first = state == State.ASKED_FOR_ALL || state == State.ASKED_FOR_CHANGES;
      if (!first || frame.version() > version) {
        return Optional.of(fail(now, "version " + frame.version() + " instead of " + version));
      }
      version = frame.version();
    }
    return switch (pdu) {
      case RtrPdu.SerialNotify _ -> Optional.of(ask(now));
      case RtrPdu.CacheResponse(int number) -> begin(number, now);
      case RtrPdu.Payload payload -> payload(payload, now);
      case RtrPdu.EndOfData end -> Optional.of(end(end, now));
      case RtrPdu.CacheReset _ -> Optional.of(again(now));
      case RtrPdu.Other _ -> Optional.empty();
      case RtrPdu.SerialQuery _, RtrPdu.ResetQuery _ ->
          Optional.of(fail(now, "a question from a cache"));
      case RtrPdu.ErrorReport _ -> Optional.empty();
    };
  }

  private RtrEffect refused(int theirs, int code, String text, Instant now) {
    if (code == RtrDecoder.UNSUPPORTED_VERSION) {
      return lower(Math.min(theirs, version - 1), now);
    }
    if (code == RtrDecoder.NO_DATA) {
      return fail(now, "the cache has no data yet");
    }
    return fail(now, "error " + code + (text.isEmpty() ? "" : ": " + text));
  }

  /** Tries a lower version, at once; with none left the first one again, later. */
  private RtrEffect lower(int next, Instant now) {
    if (next < 0) {
      version = firstVersion;
      return fail(now, "no version in common");
    }
    version = next;
    close(now);
    return new RtrEffect.Close("another version");
  }

  private Optional<RtrEffect> begin(int number, Instant now) {
    if (state == State.ASKED_FOR_ALL) {
      session = number;
      coming = new VrpTable();
      state = State.TAKING_ALL;
      return Optional.empty();
    }
    if (state != State.ASKED_FOR_CHANGES) {
      return Optional.of(fail(now, "an answer without a question"));
    }
    if (number != session) {
      return Optional.of(again(now));
    }
    changes.clear();
    state = State.TAKING_CHANGES;
    return Optional.empty();
  }

  private Optional<RtrEffect> payload(RtrPdu.Payload payload, Instant now) {
    if (state == State.TAKING_ALL) {
      boolean added = payload.announced() && coming.add(payload.vrp());
      return added ? Optional.empty() : Optional.of(fail(now, "said twice: " + payload.vrp()));
    }
    if (state != State.TAKING_CHANGES) {
      // The rest of an answer that no longer counts.
      boolean rest = state == State.ASKED_FOR_ALL;
      return rest ? Optional.empty() : Optional.of(fail(now, "a payload without a question"));
    }
    if (changes.size() >= MAX_CHANGES) {
      return Optional.of(fail(now, "more than " + MAX_CHANGES + " changes"));
    }
    changes.add(payload);
    return Optional.empty();
  }

  private RtrEffect end(RtrPdu.EndOfData end, Instant now) {
    boolean all = state == State.TAKING_ALL;
    if (!all && state != State.TAKING_CHANGES) {
      return fail(now, "an end without a beginning");
    }
    if (end.session() != session) {
      return again(now);
    }
    if (all) {
      table = coming;
      coming = new VrpTable();
    } else if (!applyChanges()) {
      return again(now);
    }
    filled = true;
    serial = end.serial();
    timing = end.timing().orElse(timing);
    answered = Optional.of(now);
    state = State.IDLE;
    due = now.plus(timing.refresh());
    return new RtrEffect.Changed();
  }

  /**
   * A payload that comes twice, or goes and was not there, means that both ends do not hold the
   * same (RFC 8210 section 12, errors 6 and 7); then everything is asked for anew.
   */
  private boolean applyChanges() {
    boolean agreed = true;
    for (RtrPdu.Payload change : changes) {
      Vrp vrp = change.vrp();
      agreed = agreed && (change.announced() ? table.add(vrp) : table.remove(vrp));
    }
    changes.clear();
    return agreed;
  }

  private RtrEffect ask(Instant now) {
    state = filled ? State.ASKED_FOR_CHANGES : State.ASKED_FOR_ALL;
    due = now.plus(answerTime());
    return new RtrEffect.Ask(
        version, filled ? new RtrPdu.SerialQuery(session, serial) : new RtrPdu.ResetQuery());
  }

  /** Asks for everything; what is there counts until that has come. */
  private RtrEffect again(Instant now) {
    state = State.ASKED_FOR_ALL;
    changes.clear();
    due = now.plus(answerTime());
    return new RtrEffect.Ask(version, new RtrPdu.ResetQuery());
  }

  /** A whole answer takes no longer than this. */
  private static Duration answerTime() {
    return Duration.ofMinutes(2);
  }

  private RtrEffect fail(Instant now, String reason) {
    close(now.plus(timing.retry()));
    return new RtrEffect.Close(reason);
  }

  private void close(Instant next) {
    state = State.CLOSED;
    coming = new VrpTable();
    changes.clear();
    due = next;
  }

  private List<RtrEffect> expiry(Instant now) {
    boolean over = filled && answered.isPresent();
    if (!over || now.isBefore(answered.get().plus(timing.expire()))) {
      return List.of();
    }
    table = new VrpTable();
    filled = false;
    session = -1;
    return List.of(new RtrEffect.Changed());
  }
}
