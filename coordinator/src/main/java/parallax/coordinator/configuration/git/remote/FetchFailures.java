package parallax.coordinator.configuration.git.remote;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import parallax.coordinator.configuration.git.address.GitAddress;
import parallax.coordinator.configuration.git.remote.GitFailure.Kind;

/** Says what the library's exceptions mean, in words that a person can act on. */
final class FetchFailures {
  private static final int MAX_CAUSES = 16;
  private static final int MAX_DETAIL = 300;

  private FetchFailures() {}

  static GitFailure of(
      GitAddress address, Throwable failure, Optional<String> excess, SshLogin ssh) {
    if (excess.isPresent()) {
      return new GitFailure(
          Kind.TOO_LARGE,
          address
              + " is too large: "
              + excess.get()
              + "; keep the configuration in a repository of its own");
    }
    Optional<String> mistrust = ssh.mistrust();
    if (mistrust.isPresent()) {
      return new GitFailure(Kind.UNKNOWN_HOST_KEY, address + " " + mistrust.get());
    }
    Kind kind = kind(failure);
    String what =
        switch (kind) {
          case UNREACHABLE -> " cannot be reached: ";
          case REFUSED -> " does not let us read it, or is not there: ";
          case UNKNOWN_HOST_KEY ->
              " shows a key that known_hosts does not hold; add it once it is verified: ";
          case TIMEOUT -> " fell silent: ";
          case CORRUPT -> " sends damaged data: ";
          case MIRROR -> " cannot be kept on this machine: ";
          case NO_SUCH_BRANCH, NO_SUCH_COMMIT, TOO_LARGE, NOT_SIGNED -> ": ";
        };
    String passedOver =
        kind == Kind.REFUSED ? ssh.passedOver().map(key -> "; " + key).orElse("") : "";
    String words = words(failure).replace(address.remote() + ": ", "");
    return new GitFailure(kind, address + what + words + passedOver);
  }

  private static Kind kind(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; depth < MAX_CAUSES && at != null; depth++) {
      Optional<Kind> known = known(at);
      if (known.isPresent()) {
        return known.get();
      }
      at = at.getCause();
    }
    return failure instanceof RuntimeException ? Kind.CORRUPT : said(failure);
  }

  private static Optional<Kind> known(Throwable failure) {
    return switch (failure) {
      case NoRemoteRepositoryException _, RepositoryNotFoundException _ ->
          Optional.of(Kind.REFUSED);
      case SocketTimeoutException _, InterruptedIOException _ -> Optional.of(Kind.TIMEOUT);
      case UnknownHostException _, ConnectException _, NoRouteToHostException _, SSLException _ ->
          Optional.of(Kind.UNREACHABLE);
      case CorruptObjectException _, MissingObjectException _, PackProtocolException _ ->
          Optional.of(Kind.CORRUPT);
      case EOFException _ -> Optional.of(Kind.UNREACHABLE);
      case java.nio.file.FileSystemException _ -> Optional.of(Kind.MIRROR);
      default -> Optional.empty();
    };
  }

  /** What is known by words alone. */
  private static Kind said(Throwable failure) {
    String all = words(failure).toLowerCase(Locale.ROOT);
    if (all.contains("server key did not validate") || all.contains("host key")) {
      return Kind.UNKNOWN_HOST_KEY;
    }
    if (all.contains("auth")
        || all.contains("not permitted")
        || all.contains("not found")
        || all.contains("does not appear to be a git repository")) {
      return Kind.REFUSED;
    }
    if (all.contains("pack")
        || all.contains("corrupt")
        || all.contains("missing")
        || all.contains("checksum")
        || all.contains("inflat")
        || all.contains("object")) {
      return Kind.CORRUPT;
    }
    return Kind.UNREACHABLE;
  }

  /** What the outermost and the innermost say, on one line. */
  private static String words(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < MAX_CAUSES && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    String outer = message(failure);
    String inner = message(root);
    String all = outer.contains(inner) ? outer : outer + ": " + inner;
    String line = all.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL) + "…";
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
