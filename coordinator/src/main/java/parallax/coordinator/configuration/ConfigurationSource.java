package parallax.coordinator.configuration;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.Configuration;
import parallax.config.problem.Problem;
import parallax.coordinator.configuration.change.Approvals;
import parallax.coordinator.view.SourceRevision;

/** Where a configuration comes from: read once to begin with, then watched. */
public interface ConfigurationSource extends AutoCloseable {
  /** What to begin with; may wait for a remote, as long as its limits allow. */
  Start first() throws InterruptedException;

  /**
   * Watches for newer ones; to be started.
   *
   * @param inForce what {@link #first} gave
   */
  Watching watch(Start.Ready inForce, Watch watch);

  /**
   * The files of a configuration that this source gave lately, by their relative paths; empty when
   * they are gone or others meanwhile.
   *
   * @param commit of it, where it is of one
   */
  Optional<SortedMap<String, ByteBuffer>> files(
      Configuration configuration, Optional<SourceRevision> commit);

  @Override
  void close();

  /** As written, without what is secret in it. */
  @Override
  String toString();

  /**
   * Who watches.
   *
   * @param approvals what the guard objects to and somebody approved
   */
  record Watch(Approvals approvals, InstantSource clock, ConfigurationWatcher.Listener listener) {}

  /** What there is to begin with. */
  sealed interface Start {
    /**
     * A configuration.
     *
     * @param source its commit, where it is of one
     * @param stale why it may not be the newest: it is the last good one of this machine
     */
    record Ready(
        Configuration configuration,
        List<Problem> warnings,
        Optional<SourceRevision> source,
        Optional<String> stale)
        implements Start {
      public Ready {
        warnings = List.copyOf(warnings);
      }
    }

    /** Nothing that could be used. */
    record Unusable(List<Problem> problems) implements Start {
      public Unusable {
        problems = List.copyOf(problems);
      }
    }
  }
}
