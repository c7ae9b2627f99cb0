package parallax.deploy.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where to listen; port 0 takes any that is free. */
public record Listen(String host, int port) {
  private static final int MAX_PORT = 65535;

  public Listen {
    if (host.isEmpty() || port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("not a place to listen: " + host + ":" + port);
    }
  }

  /**
   * Reads what was written after an option.
   *
   * @throws ParameterException when it is no {@code HOST:PORT}
   */
  public static Listen parse(CommandSpec spec, String option, String written) {
    int colon = written.lastIndexOf(':');
    try {
      String host = written.substring(0, colon).replaceAll("^\\[|]$", "");
      return new Listen(host, Integer.parseInt(written.substring(colon + 1)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), option + " must be HOST:PORT, such as 127.0.0.1:8080: " + written, e);
    }
  }

  /** The same with another port. */
  public Listen at(int other) {
    return new Listen(host, other);
  }

  /** As a browser opens it. */
  public String url() {
    return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port + "/";
  }
}
