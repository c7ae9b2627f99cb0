package parallax.coordinator.configuration.git.address;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.ReferenceText;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;

/**
 * A name and a password, or a token in place of one, written as references to where they stand.
 *
 * @param user text with references, which may be plain
 * @param password text that has a reference
 */
public record GitLogin(String user, String password) {
  /** What a login comes to. */
  public sealed interface Resolved {
    record Known(Secret user, Secret password) implements Resolved {}

    record Missing(String why) implements Resolved {}
  }

  public GitLogin {
    if (!isSound(user) || !isSound(password)) {
      throw new IllegalArgumentException(
          "a reference in the login is not ${env:NAME} or ${file:/path}");
    }
    if (ReferenceText.literal(password).isPresent()) {
      throw new IllegalArgumentException(
          "a password or a token stands in the URL itself, where logs and lists of processes show"
              + " it; write a reference: https://USER:${env:NAME}@HOST/… or"
              + " https://USER:${file:/path}@HOST/…");
    }
  }

  private static boolean isSound(String text) {
    return ReferenceText.parse(text)
        .filter(parts -> parts.stream().noneMatch(part -> part instanceof ReferenceText.Captured _))
        .isPresent();
  }

  Resolved resolve(SecretSource secrets) {
    return switch (value(user, secrets)) {
      case SecretSource.Answer.Known(Secret name) ->
          switch (value(password, secrets)) {
            case SecretSource.Answer.Known(Secret word) -> new Resolved.Known(name, word);
            case SecretSource.Answer.Missing(String why) -> new Resolved.Missing(why);
            case SecretSource.Answer.Elsewhere(String why) -> new Resolved.Missing(why);
          };
      case SecretSource.Answer.Missing(String why) -> new Resolved.Missing(why);
      case SecretSource.Answer.Elsewhere(String why) -> new Resolved.Missing(why);
    };
  }

  private static SecretSource.Answer value(String text, SecretSource secrets) {
    StringBuilder value = new StringBuilder();
    Optional<List<ReferenceText.Part>> parts = ReferenceText.parse(text);
    for (ReferenceText.Part part : parts.orElse(List.of())) {
      SecretSource.Answer answer =
          switch (part) {
            case ReferenceText.Literal(String literal) ->
                new SecretSource.Answer.Known(Secret.of(literal));
            case ReferenceText.Variable(String name) -> secrets.variable(name);
            case ReferenceText.Content(String path) -> secrets.file(Path.of(path));
            case ReferenceText.Captured(String name) ->
                new SecretSource.Answer.Missing("nothing is called " + name);
          };
      if (!(answer instanceof SecretSource.Answer.Known(Secret known))) {
        return answer;
      }
      value.append(known.reveal());
    }
    return new SecretSource.Answer.Known(Secret.of(value.toString()));
  }

  @Override
  public String toString() {
    return "***";
  }
}
