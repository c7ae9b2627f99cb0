package parallax.coordinator.configuration.change;

import parallax.config.Configuration;

/**
 * A valid configuration that is not in force yet.
 *
 * @param name by which people approve it: the hash of a commit, the revision of files on a disk
 */
public record Candidate(Configuration configuration, String name, Descent descent) {

  /** How a candidate's history goes on from what is in force. */
  public enum Descent {
    /** It is written on top of it, or there is no history to go by. */
    FOLLOWS,

    /** What is in force is not among its ancestors: somebody pushed with force. */
    REWRITTEN
  }

  /** Files on a disk have no history. */
  public static Candidate ofFiles(Configuration configuration) {
    return new Candidate(configuration, configuration.revision(), Descent.FOLLOWS);
  }
}
