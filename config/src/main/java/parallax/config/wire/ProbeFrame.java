package parallax.config.wire;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import parallax.config.observation.Observation;
import parallax.config.observation.Vantage;
import parallax.config.wire.field.Fault;

/** What a probe says to a coordinator. */
public sealed interface ProbeFrame {
  /**
   * The first frame.
   *
   * @param vantage who speaks; whether that is so is for its credentials to say
   * @param software of the program, for people, at most {@link WireLimits#MAX_TEXT} characters
   * @param boot distinguishes this run from others: milliseconds of its start since the epoch
   * @param clock what the probe's clock shows; never trusted
   * @param assignment the revision that the probe works by
   */
  record Hello(
      Versions versions,
      Vantage vantage,
      String software,
      long boot,
      Instant clock,
      Optional<Long> assignment)
      implements ProbeFrame {}

  /**
   * Observations of one run, in the order of their numbers.
   *
   * @param boot the run
   * @param vantage where the probe stood in that run
   * @param observations in it, each with {@code boot} and {@code vantage}; what is written must not
   *     be empty
   * @param passedOver those which this version cannot read; they are counted and acknowledged, or
   *     the probe would send them for ever
   */
  record Observations(
      long boot, Vantage vantage, List<Observation> observations, List<PassedOver> passedOver)
      implements ProbeFrame {
    public Observations {
      observations = List.copyOf(observations);
      passedOver = List.copyOf(passedOver);
    }

    /** The greatest number in it, read or not. */
    public long lastSequence() {
      return LongStream.concat(
              observations.stream().mapToLong(observation -> observation.id().sequence()),
              passedOver.stream().mapToLong(PassedOver::sequence))
          .max()
          .orElse(0);
    }
  }

  /** An observation that could not be read. */
  record PassedOver(long sequence, Fault fault, String words) {}

  /**
   * The probe works by this assignment from now on.
   *
   * @param notSupported what it leaves out; at most {@link WireLimits#MAX_NOT_SUPPORTED} are
   *     written
   */
  record AssignmentAccepted(long revision, List<NotSupported> notSupported) implements ProbeFrame {
    public AssignmentAccepted {
      notSupported = List.copyOf(notSupported);
    }
  }

  /**
   * A part of an assignment that a probe does not understand.
   *
   * @param target its name as it came; empty where it is about none
   * @param what is not supported, in words
   */
  record NotSupported(String target, String what) {}

  /**
   * The answer to a ping, with the probe's clock at its arrival and at the answer.
   *
   * @param spooled what waits to be handed over; empty: the probe does not tell
   */
  record Pong(long id, Instant received, Instant sent, Optional<Spooled> spooled)
      implements ProbeFrame {
    /** One that does not tell what waits. */
    public Pong(long id, Instant received, Instant sent) {
      this(id, received, sent, Optional.empty());
    }
  }

  /**
   * What waits in a spool.
   *
   * @param bytes on the disk
   */
  record Spooled(long observations, long bytes) {}

  /**
   * What was never handed over, counted since the start of a run.
   *
   * @param boot the run that counts
   */
  record Drops(long boot, SortedMap<Dropped, Long> counts) implements ProbeFrame {
    public Drops {
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
  }

  /** A kind of drop. */
  record Dropped(Priority priority, DropCause cause) implements Comparable<Dropped> {
    @Override
    public int compareTo(Dropped other) {
      int byPriority = priority.compareTo(other.priority);
      return byPriority != 0 ? byPriority : cause.compareTo(other.cause);
    }
  }

  /** The last frame: the probe stops, with nothing under way. */
  record Bye(String why) implements ProbeFrame {}
}
