package parallax.coordinator.access;

import java.util.Optional;
import java.util.regex.Pattern;

/** A place of Parallax itself, to which people are sent on. */
public final class LocalPath {
  /** A longer one is not gone back to. */
  static final int MAX_LENGTH = 2_000;

  private static final String START = "/";

  /** Visible ASCII characters but for the backslash, which browsers take for a slash. */
  private static final Pattern PATH = Pattern.compile("/([\\x21-\\x5b\\x5d-\\x7e]*)");

  private LocalPath() {}

  /** The path, with its query; the first page when it is none, or leads elsewhere. */
  public static String of(Optional<String> asked) {
    return asked.filter(LocalPath::isLocal).orElse(START);
  }

  /** The path of where somebody is, who may be about to sign in; otherwise the same. */
  public static String here(String path) {
    return isOurs(path) ? path : START;
  }

  private static boolean isOurs(String path) {
    return path.length() <= MAX_LENGTH && PATH.matcher(path).matches() && !path.startsWith("//");
  }

  private static boolean isLocal(String path) {
    return isOurs(path) && !path.startsWith("/login") && !path.startsWith("/logout");
  }
}
