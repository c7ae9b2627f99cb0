package parallax.coordinator.api.people;

import java.util.Optional;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;

/**
 * Something that can be done by a request.
 *
 * @param method of HTTP
 * @param path as the API description writes it, with one parameter at most
 * @param role that is needed
 * @param byLeader whether only the coordinator that leads can do it
 */
public record Deed(String method, String path, Role role, Answer answer, boolean byLeader) {
  /** One that any coordinator does, by the record that all share. */
  public Deed(String method, String path, Role role, Answer answer) {
    this(method, path, role, answer, false);
  }

  /** Does it; on a thread that may block. */
  @FunctionalInterface
  public interface Answer {
    Reply to(Wish wish) throws Request.Unusable;
  }

  /** The path up to its parameter. */
  public String prefix() {
    int brace = path.indexOf('{');
    return brace < 0 ? path : path.substring(0, brace);
  }

  /**
   * The parameter, as it was sent, in a path of this kind; empty when it is another path. A path
   * that has no parameter gives an empty text.
   */
  public Optional<String> parameter(String sent) {
    int brace = path.indexOf('{');
    if (brace < 0) {
      return sent.equals(path) ? Optional.of("") : Optional.empty();
    }
    String suffix = path.substring(path.indexOf('}') + 1);
    boolean fits =
        sent.startsWith(prefix())
            && sent.endsWith(suffix)
            && sent.length() > prefix().length() + suffix.length();
    return fits
        ? Optional.of(sent.substring(prefix().length(), sent.length() - suffix.length()))
        : Optional.empty();
  }
}
