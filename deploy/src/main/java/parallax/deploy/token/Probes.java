package parallax.deploy.token;

import java.time.InstantSource;
import parallax.config.observation.ProbeName;
import parallax.coordinator.identity.Credentials;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the token commands have in common. */
final class Probes {
  private Probes() {}

  /** A probe's name as it was written. */
  static ProbeName named(CommandLine command, String written) {
    try {
      return new ProbeName(written);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--probe: " + e.getMessage(), e);
    }
  }

  /** Whoever runs the command, now. */
  static Credentials.By me(InstantSource clock) {
    return new Credentials.By(System.getProperty("user.name", "unknown"), clock.instant());
  }
}
