package parallax.config.policy;

import java.util.List;
import parallax.config.secret.Secret;

/**
 * Who may do something by the API, and what.
 *
 * @param name stands beside what is done with it
 * @param token whoever shows it is taken for this one
 */
public record ApiToken(String name, Secret token, Role role) {
  /** A token that is shorter could be found by trying. */
  public static final int MIN_LENGTH = 16;

  /** By these names Parallax signs what nobody showed a token for. */
  public static final List<String> RESERVED = List.of("core", "local");

  /** What somebody may do; each role may do what those before it may. */
  public enum Role {
    /** Reads. */
    VIEWER,
    /** Takes care of incidents: acknowledges, writes notes. Jobs say that they are alive. */
    RESPONDER,
    /** Changes what people are told: silences. */
    OPERATOR,
    /** Everything. */
    ADMIN;

    /** Whether this role may do what is for {@code needed}. */
    public boolean includes(Role needed) {
      return compareTo(needed) >= 0;
    }
  }
}
