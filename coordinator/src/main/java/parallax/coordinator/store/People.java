package parallax.coordinator.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.silence.Silence;

/**
 * The part of the record that people write to, by whichever coordinator they reach. What they do is
 * audited in the transaction that records it.
 */
public interface People {
  /** The most silences that are not over. */
  int MAX_SILENCES = 1000;

  /** The most jobs that are heard of. */
  int MAX_HEARTBEATS = 10_000;

  /**
   * Writes down what somebody did about an incident. An acknowledgement is written once until the
   * incident is re-opened, and only while it is open.
   */
  Noted note(IncidentId incident, String who, Happening.Deed deed, Instant at);

  /** What happened in an incident, in the order in which it was written. */
  List<Entry> notebook(IncidentId incident);

  /**
   * What was written after an entry, about any incident, in order. Whoever goes on behind the last
   * one misses nothing.
   *
   * @param sequence 0: from the beginning
   * @param limit 1 to {@link Store#MAX_PAGE}
   */
  List<Entry> notebookAfter(long sequence, int limit);

  /** The number of the newest entry; 0 when there is none. */
  long notebookEnd();

  /**
   * Adds a silence; one that is there already stays as it is.
   *
   * @return false when there are {@link #MAX_SILENCES} that are not over
   */
  boolean silence(Silence silence);

  /**
   * Ends a silence before its time; one that is over stays as it is.
   *
   * @return as it is then; empty when there is none of this id
   */
  Optional<Silence> endSilence(String id, String who, Instant at);

  /**
   * The silences that are not over at {@code at} or were in force after it, the first to begin
   * first, at most {@link Store#MAX_PAGE}.
   */
  List<Silence> silences(Instant at);

  /**
   * Keeps what a job said; what was said before is forgotten.
   *
   * @return false when there are {@link #MAX_HEARTBEATS} others
   */
  boolean heard(Heard heard);

  /** What every job said last, sorted by name. */
  List<Heard> heartbeats();
}
