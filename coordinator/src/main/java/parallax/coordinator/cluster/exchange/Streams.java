package parallax.coordinator.cluster.exchange;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Which probe is connected where, for all members to see. Thread-safe; never blocks. */
public interface Streams {
  /**
   * A probe has connected to this member.
   *
   * @return the stream that the probe has already on any member that is present; never fails: empty
   *     when nobody could tell
   */
  CompletionStage<Optional<ProbeStream>> opened(String probe, long boot);

  /** The probe's stream to this member is gone; another of a later boot stays. */
  void closed(String probe, long boot);

  /** All that are connected, as far as this member could tell lately; cheap. */
  List<ProbeStream> known();
}
