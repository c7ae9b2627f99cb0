package parallax.coordinator.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.ObservationId;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Sessions;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;

/**
 * The durable record, which several coordinators may share. Blocking: call it from a thread that
 * may block. Every method throws {@link StoreException} when the record cannot be read or written;
 * nothing of the call is then done, unless the record was lost sight of at the very moment at which
 * it was written: then all of it is. So everything that is written may be written again.
 */
public interface Store extends People, AutoCloseable {
  /** The most items one page holds. */
  int MAX_PAGE = 1000;

  /** Raw evidence is kept for so long, that around incidents for good. */
  Duration KEPT = Duration.ofDays(7);

  /** More raw evidence than this is not kept for long: about 3 GB. */
  long MAX_KEPT = 10_000_000;

  /** Evidence this long before the onset and after the end of an incident is kept for good. */
  Duration KEPT_AROUND_INCIDENTS = Duration.ofMinutes(15);

  /**
   * Begins an epoch, and ends all before it: when this returns, nothing more is recorded by whoever
   * holds an older one. Notices that were on their way are due at once.
   */
  Epoch takeOver();

  /**
   * Records what changed, all of it or nothing: verdict intervals, incidents, notices to be sent
   * (one for each receiver; a key that is already there is left as it is). What changed in an
   * incident is written down in the notebook. Other effects are ignored.
   *
   * @param epoch of the coordinator that decided it
   */
  Recorded record(Epoch epoch, List<Effect> effects, Instant at);

  /** Appends raw evidence; what is there already is left as it is. */
  void append(List<Evidence> evidence);

  /** What the core needs to go on after a restart. */
  Remembered remembered();

  /** The verdict intervals of a target that touch {@code [from, to)}, oldest first. */
  List<Interval> intervals(TargetName target, Instant from, Instant to);

  /**
   * Incidents, newest first.
   *
   * @param open only open ones, only resolved ones, or both when empty
   * @param limit 1 to {@link #MAX_PAGE}
   * @throws IllegalArgumentException when {@code cursor} was not handed out by this list
   */
  Page<Incident> incidents(Optional<Boolean> open, Optional<String> cursor, int limit);

  Optional<Incident> incident(IncidentId id);

  /** The notices planned for an incident and what became of them, oldest first. */
  List<Delivery> deliveries(IncidentId id);

  /**
   * Evidence about a target that was received in {@code [from, to)}, newest first.
   *
   * @param limit 1 to {@link #MAX_PAGE}
   * @throws IllegalArgumentException when {@code cursor} was not handed out by this list
   */
  Page<Evidence> evidence(
      TargetName target, Instant from, Instant to, Optional<String> cursor, int limit);

  /**
   * Hands over how long each look at a target took that found it working, of those that were
   * received in {@code [from, to)}, in no order.
   */
  void took(TargetName target, Instant from, Instant to, Look look);

  /** Takes one. */
  @FunctionalInterface
  interface Look {
    void took(CheckKind check, Duration duration);
  }

  /** One piece of evidence, as long as it is kept. */
  Optional<Evidence> evidence(ObservationId id);

  /**
   * Takes on notices that are to be sent by {@code now}, in the order in which they were planned,
   * and records an attempt of each before it is made: nobody else gets them until {@code lease} has
   * passed, or somebody takes over.
   *
   * @param room how many, and whose
   */
  List<Delivery> claim(Instant now, Duration lease, Room room);

  /** Records that a notice arrived, whoever has claimed it meanwhile. */
  default void delivered(String key, Instant at) {
    delivered(key, at, Optional.empty());
  }

  /**
   * Records that a notice arrived, whoever has claimed it meanwhile, and writes that down.
   *
   * @param thread what the receiver calls the conversation, where it has a word for it
   */
  void delivered(String key, Instant at, Optional<String> thread);

  /**
   * Records a failed attempt; one that was claimed again meanwhile is passed over. That it was
   * given up is written down.
   *
   * @param at when it failed
   * @param retry when to try again; empty: given up
   */
  void failed(Attempt attempt, String why, Instant at, Optional<Instant> retry);

  /** Adds to what was done, which is never changed and never removed. */
  void audit(AuditEntry entry, Instant at);

  /** Whether somebody did exactly this at {@code since} or later, by {@link #audit}. */
  boolean isAudited(String action, String detail, Instant since);

  /**
   * What was done, newest first.
   *
   * @param limit 1 to {@link #MAX_PAGE}
   * @throws IllegalArgumentException when {@code cursor} was not handed out by this list
   */
  Page<AuditEntry.Row> audited(AuditEntry.Filter filter, Optional<String> cursor, int limit);

  /**
   * Whether what was done is on record as it was written; reads all of it.
   *
   * @param most empty is given back when there are more rows than this
   */
  Optional<AuditTrail> auditTrail(long most);

  /**
   * When the evidence was received that has {@code rows} newer ones; empty when there are not so
   * many.
   */
  Optional<Instant> receivedBeforeNewest(long rows);

  /**
   * Removes raw evidence received before {@code before}, except around incidents, and at most
   * {@code limit} rows a call.
   *
   * @return how many rows went
   */
  int prune(Instant before, int limit);

  /** Which actions of runbooks run. */
  Runs runs();

  /** What users report. */
  Reports reports();

  /** By what sessions of people are known. */
  Sessions sessions();

  @Override
  void close();

  /**
   * A part of a list.
   *
   * @param next what to ask for the following part; empty at the end
   */
  record Page<T>(List<T> items, Optional<String> next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * A time during which a verdict did not change.
   *
   * @param until empty while it lasts
   */
  record Interval(
      TargetName target,
      TargetState state,
      Optional<Scope> scope,
      Optional<Cause> cause,
      Instant from,
      Optional<Instant> until) {}

  /**
   * The verdict that lasts.
   *
   * @param newest the interval that is not over
   * @param since when its state began, which may have been some intervals earlier: scope and cause
   *     can change while it lasts
   */
  record Held(Interval newest, Instant since) {}

  /**
   * What is held of every target that is still known, and the open incidents.
   *
   * @param told the notices that were planned for these, oldest first
   * @param latest when the newest incident of all was opened; {@link Instant#MIN}: there is none
   */
  record Remembered(List<Held> held, List<Incident> open, List<Delivery> told, Instant latest) {
    public Remembered {
      held = List.copyOf(held);
      open = List.copyOf(open);
      told = List.copyOf(told);
    }
  }

  /**
   * A notice on its way to one receiver.
   *
   * @param key {@link Notice#key}, sent along so that a receiver can drop a repetition
   * @param attempts made so far, the one under way included
   * @param lastError of the last failed attempt, in words
   * @param thread what the receiver called the conversation about this incident last
   */
  record Delivery(
      String key,
      Notice.Kind kind,
      String receiver,
      Incident incident,
      Notice.Along along,
      Instant planned,
      int attempts,
      Optional<Instant> delivered,
      Optional<String> lastError,
      boolean givenUp,
      Optional<String> thread) {
    /** One of which no conversation is known. */
    public Delivery(
        String key,
        Notice.Kind kind,
        String receiver,
        Incident incident,
        Notice.Along along,
        Instant planned,
        int attempts,
        Optional<Instant> delivered,
        Optional<String> lastError,
        boolean givenUp) {
      this(
          key,
          kind,
          receiver,
          incident,
          along,
          planned,
          attempts,
          delivered,
          lastError,
          givenUp,
          Optional.empty());
    }

    /** The newest attempt. */
    public Attempt attempt() {
      return new Attempt(key, attempts);
    }

    /** The same after one more attempt. */
    public Delivery attempted() {
      return new Delivery(
          key,
          kind,
          receiver,
          incident,
          along,
          planned,
          attempts + 1,
          delivered,
          lastError,
          givenUp,
          thread);
    }
  }

  /**
   * One attempt to deliver a notice.
   *
   * @param number counted from 1
   */
  record Attempt(String key, int number) {}
}
