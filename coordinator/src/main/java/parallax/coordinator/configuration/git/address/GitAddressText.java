package parallax.coordinator.configuration.git.address;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link GitAddress}es. */
public final class GitAddressText {
  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z+]*)://(.*)");
  private static final Pattern SCP = Pattern.compile("[A-Za-z0-9._-]+@[^/:#\\s]+:[^:#].*");
  private static final Pattern AT_COMMIT = Pattern.compile("(.+)@([0-9a-f]{7,40})");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

  /** How far above a folder its repository is looked for. */
  private static final int MAX_UP = 64;

  private GitAddressText() {}

  /** What a text names. */
  public sealed interface Parsed {
    record Git(GitAddress address) implements Parsed {}

    /** A file or a folder, or the place of one. */
    record Local(Path path) implements Parsed {}

    /**
     * Nothing that can be used.
     *
     * @param why without what stands in the text, which may hold a password
     */
    record Wrong(String why) implements Parsed {}
  }

  /**
   * Reads {@code written}. A path is git when it leads to a bare repository or ends in a commit of
   * the repository around it; any other path is a file or a folder.
   */
  public static Parsed parse(String written) {
    try {
      Matcher scheme = SCHEME.matcher(written);
      if (scheme.matches()) {
        return new Parsed.Git(url(scheme.group(1), scheme.group(2)));
      }
      if (SCP.matcher(written).matches()) {
        Split split = Split.of(written);
        return new Parsed.Git(split.address(split.remote(), Optional.empty()));
      }
      return path(written);
    } catch (InvalidPathException e) {
      return new Parsed.Wrong("it is not a path");
    } catch (IllegalArgumentException e) {
      return new Parsed.Wrong(String.valueOf(e.getMessage()));
    }
  }

  /** The parts of an address. */
  private record Split(String remote, String branch, String folder, Optional<String> commit) {
    static Split of(String written) {
      Matcher at = AT_COMMIT.matcher(written);
      boolean pinned = at.matches();
      String rest = pinned ? at.group(1) : written;
      Optional<String> commit = pinned ? Optional.of(at.group(2)) : Optional.empty();
      int hash = rest.indexOf('#');
      String fragment = hash < 0 ? "" : rest.substring(hash + 1);
      int colon = fragment.indexOf(':');
      return new Split(
          hash < 0 ? rest : rest.substring(0, hash),
          colon < 0 ? fragment : fragment.substring(0, colon),
          colon < 0 ? "" : fragment.substring(colon + 1).replaceFirst("/+$", ""),
          commit);
    }

    GitAddress address(String shown, Optional<GitLogin> login) {
      Optional<String> named = Optional.of(branch).filter(name -> !name.isEmpty());
      return new GitAddress(shown, named, folder, commit, login);
    }
  }

  private static GitAddress url(String scheme, String rest) {
    int authorityEnd = outside(rest, 0, '/');
    String authority = rest.substring(0, authorityEnd);
    Split split = Split.of(rest.substring(authorityEnd));
    int at = lastOutside(authority, '@');
    String host = authority.substring(at + 1);
    String remote = scheme + "://" + host + split.remote();
    if (split.remote().length() < 2) {
      throw new IllegalArgumentException("the URL names no repository");
    }
    return switch (scheme) {
      case "https" -> split.address(sound(remote), login(authority, at));
      case "http", "git" -> {
        if (!LOOPBACK.matcher(host).matches()) {
          throw new IllegalArgumentException(
              scheme + ":// is neither secret nor sure of its source; write https:// or ssh://");
        }
        yield split.address(sound(remote), login(authority, at));
      }
      case "ssh" -> {
        String user = authority.substring(0, at + 1);
        if (user.contains(":") || user.contains("$")) {
          throw new IllegalArgumentException(
              "ssh takes the keys of this machine, and no password in the URL");
        }
        yield split.address(sound("ssh://" + user + host + split.remote()), Optional.empty());
      }
      case "file" -> {
        if (!authority.isEmpty()) {
          throw new IllegalArgumentException("write file:///path, with three slashes");
        }
        yield split.address("file://" + split.remote(), Optional.empty());
      }
      default ->
          throw new IllegalArgumentException(
              scheme + ":// is not understood; write https://, ssh://, file:// or a path");
    };
  }

  private static String sound(String remote) {
    try {
      if (URI.create(remote).getHost() == null) {
        throw new IllegalArgumentException("the URL names no host");
      }
      return remote;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is not a URL: " + remote, e);
    }
  }

  private static Optional<GitLogin> login(String authority, int at) {
    if (at < 0) {
      return Optional.empty();
    }
    String userInfo = authority.substring(0, at);
    int colon = outside(userInfo, 0, ':');
    if (colon == userInfo.length()) {
      throw new IllegalArgumentException(
          "a login needs a name and a password: https://USER:${env:NAME}@HOST/…");
    }
    return Optional.of(new GitLogin(userInfo.substring(0, colon), userInfo.substring(colon + 1)));
  }

  /** The first {@code wanted} that is in no reference, or the end. */
  private static int outside(String text, int from, char wanted) {
    int at = from;
    while (at < text.length() && text.charAt(at) != wanted) {
      int end = text.startsWith("${", at) ? text.indexOf('}', at) : -1;
      at = end < 0 ? at + 1 : end + 1;
    }
    return Math.min(at, text.length());
  }

  private static int lastOutside(String text, char wanted) {
    int last = -1;
    int at = outside(text, 0, wanted);
    while (at < text.length()) {
      last = at;
      at = outside(text, at + 1, wanted);
    }
    return last;
  }

  private static Parsed path(String written) {
    Path whole = Path.of(written);
    if (Files.exists(whole)) {
      return isRepository(whole)
          ? new Parsed.Git(local(whole, new Split("", "", "", Optional.empty())))
          : new Parsed.Local(whole);
    }
    Split split = Split.of(written);
    Path named = Path.of(split.remote());
    if (isRepository(named)) {
      return new Parsed.Git(local(named, split));
    }
    return split.commit().isPresent() ? pinned(named, split) : new Parsed.Local(whole);
  }

  /** A commit of the repository that {@code folder} lies in. */
  private static Parsed pinned(Path folder, Split split) {
    Path inside = folder.toAbsolutePath().normalize();
    Optional<Path> up = Optional.of(inside);
    for (int level = 0; level < MAX_UP && up.isPresent(); level++) {
      Path work = up.get();
      Path repository = work.resolve(".git");
      if (isRepository(repository)) {
        String within = split.folder().isEmpty() ? work.relativize(inside).toString() : "";
        String wanted = within.isEmpty() ? split.folder() : within;
        return new Parsed.Git(
            local(repository, new Split("", split.branch(), wanted, split.commit())));
      }
      up = Optional.ofNullable(work.getParent());
    }
    return new Parsed.Wrong("there is no git repository around " + folder);
  }

  private static GitAddress local(Path repository, Split split) {
    return split.address("file://" + repository.toAbsolutePath().normalize(), Optional.empty());
  }

  /** Whether git's own files lie in this folder. */
  private static boolean isRepository(Path folder) {
    return Files.isRegularFile(folder.resolve("HEAD"))
        && Files.isDirectory(folder.resolve("objects"))
        && Files.isDirectory(folder.resolve("refs"));
  }
}
