package parallax.coordinator.configuration.git.remote;

/**
 * Why nothing newer could be had from a remote.
 *
 * @param message one line, for people: what failed and what to do; holds no login
 */
public record GitFailure(Kind kind, String message) {
  /** What went wrong. */
  public enum Kind {
    /** No connection, or the connection ended. */
    UNREACHABLE,
    /** The remote is there and refuses: who asks, or that there is such a repository. */
    REFUSED,
    /** The key of an ssh server is not one that this machine knows. */
    UNKNOWN_HOST_KEY,
    NO_SUCH_BRANCH,
    NO_SUCH_COMMIT,
    /** Objects are missing, or are not what their hashes say. */
    CORRUPT,
    TOO_LARGE,
    TIMEOUT,
    /** The commit is not signed by anybody who may. */
    NOT_SIGNED,
    /** The disk of this machine. */
    MIRROR
  }
}
