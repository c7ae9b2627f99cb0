package parallax.config.secret;

import java.nio.file.Path;

/** Where the values of references come from. */
public interface SecretSource {
  /** The largest file whose content can be a secret, in bytes. */
  int MAX_FILE_BYTES = 64 * 1024;

  /** The environment variable of this name. */
  Answer variable(String name);

  /** The content of this file without the line break at its end. */
  Answer file(Path path);

  /** What a source knows. */
  sealed interface Answer {
    record Known(Secret value) implements Answer {}

    /** There is no such value, and so no valid configuration. */
    record Missing(String why) implements Answer {}

    /** There is no such value here, but there may be where the configuration is used. */
    record Elsewhere(String why) implements Answer {}
  }

  /** This process's environment and this machine's files. */
  static SecretSource ofMachine() {
    return new MachineSecrets();
  }

  /** As {@link #ofMachine}, but what is missing is taken to stand on the machine that is meant. */
  static SecretSource unresolved() {
    return new LenientSecrets(ofMachine());
  }

  /** Calls missing values {@link Answer.Elsewhere}. */
  record LenientSecrets(SecretSource source) implements SecretSource {
    @Override
    public Answer variable(String name) {
      return lenient(source.variable(name));
    }

    @Override
    public Answer file(Path path) {
      return lenient(source.file(path));
    }

    private static Answer lenient(Answer answer) {
      return switch (answer) {
        case Answer.Missing(String why) -> new Answer.Elsewhere(why);
        case Answer.Known known -> known;
        case Answer.Elsewhere elsewhere -> elsewhere;
      };
    }
  }
}
