package parallax.config.read;

import java.util.List;

/** Which names the public DNS can hold. */
public final class PublicNames {
  /**
   * Top-level names that are never delegated: special-use names (RFC 6761, 6762 with its appendix
   * G, 7686, 8375) and the one set aside for private use. Not those for tests and documentation,
   * which laboratories delegate.
   */
  private static final List<String> NEVER =
      List.of(
          "localhost",
          "local",
          "localdomain",
          "internal",
          "intranet",
          "private",
          "corp",
          "home",
          "home.arpa",
          "lan",
          "onion",
          "invalid");

  private PublicNames() {}

  /**
   * Whether {@code host} may lie in a zone that is delegated from the root.
   *
   * @param host a name, no address
   */
  public static boolean mayHold(String host) {
    return host.contains(".")
        && NEVER.stream().noneMatch(name -> host.equals(name) || host.endsWith("." + name));
  }
}
