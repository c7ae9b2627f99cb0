package parallax.coordinator.api.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;

/**
 * Something that can be done by a request.
 *
 * @param method of HTTP
 * @param path as the API description writes it, with parameters or without
 * @param role that is needed
 * @param byLeader whether only the coordinator that leads can do it
 * @param isPublic whether anybody may do it now, whatever their role
 */
public record Deed(
    String method,
    String path,
    Role role,
    Answer answer,
    boolean byLeader,
    BooleanSupplier isPublic) {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  /** One that any coordinator does, by the record that all share, for nobody without the role. */
  public Deed(String method, String path, Role role, Answer answer) {
    this(method, path, role, answer, false, () -> false);
  }

  /** One that nobody may do without the role. */
  public Deed(String method, String path, Role role, Answer answer, boolean byLeader) {
    this(method, path, role, answer, byLeader, () -> false);
  }

  /** One that any coordinator does, by the record that all share. */
  public Deed(String method, String path, Role role, Answer answer, BooleanSupplier isPublic) {
    this(method, path, role, answer, false, isPublic);
  }

  /** Does it; on a thread that may block. */
  @FunctionalInterface
  public interface Answer {
    Reply to(Wish wish) throws Request.Unusable;
  }

  /** The path up to its first parameter. */
  public String prefix() {
    int brace = path.indexOf('{');
    return brace < 0 ? path : path.substring(0, brace);
  }

  /**
   * The parameters, as they were sent, in a path of this kind; empty when it is another path. Only
   * the first one may have slashes in it.
   */
  public Optional<List<String>> parameters(String sent) {
    Matcher matcher = Pattern.compile(pattern()).matcher(sent);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      found.add(matcher.group(group));
    }
    return Optional.of(List.copyOf(found));
  }

  private String pattern() {
    StringBuilder pattern = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(path);
    int from = 0;
    while (parameter.find()) {
      pattern.append(Pattern.quote(path.substring(from, parameter.start())));
      pattern.append(from == 0 ? "(.+)" : "([^/]+)");
      from = parameter.end();
    }
    return pattern.append(Pattern.quote(path.substring(from))).toString();
  }
}
