package parallax.coordinator.configuration.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.git.address.GitAddress;
import parallax.coordinator.configuration.git.address.GitLogin;
import parallax.coordinator.configuration.git.remote.Fetching;
import parallax.coordinator.configuration.git.remote.GitFailure;
import parallax.coordinator.configuration.git.remote.GitFailure.Kind;
import parallax.coordinator.configuration.git.remote.GitLimits;

/**
 * A branch of a git repository as a source of configuration, mirrored in a folder of this machine.
 * Blocking, and for one thread at a time.
 */
public final class GitSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GitSource.class);
  private static final int NAME_DIGITS = 16;

  private final Settings settings;
  private final Path folder;
  private Mirror mirror;

  /**
   * What it goes by.
   *
   * @param folder mirrors lie in it, one for each remote
   * @param secrets where a login's references lead
   * @param signers a file of allowed signers; empty: signatures are not asked for
   * @param home the folder that {@code .ssh} lies in
   */
  public record Settings(
      GitAddress address,
      Path folder,
      GitLimits limits,
      SecretSource secrets,
      Optional<Path> signers,
      Path home) {
    /** With the usual limits, the secrets and keys of this machine, and no signatures. */
    public static Settings usual(GitAddress address, Path folder) {
      return new Settings(
          address,
          folder,
          GitLimits.USUAL,
          SecretSource.ofMachine(),
          Optional.empty(),
          Path.of(System.getProperty("user.home")));
    }

    /** The same, where commits count only when a signer of {@code file} signed them. */
    public Settings signedBy(Path file) {
      return new Settings(address, folder, limits, secrets, Optional.of(file), home);
    }
  }

  private GitSource(Settings settings, Path folder, Mirror mirror) {
    this.settings = settings;
    this.folder = folder;
    this.mirror = mirror;
  }

  /**
   * Opens the mirror, or makes an empty one; asks nobody.
   *
   * @throws IOException when the folder cannot be used
   */
  public static GitSource open(Settings settings) throws IOException {
    GitAddress address = settings.address();
    String of = address.remote() + " " + address.reference();
    Path folder = settings.folder().resolve(digest(of) + ".git");
    return new GitSource(settings, folder, Mirror.in(folder));
  }

  public GitAddress address() {
    return settings.address();
  }

  /** Asks the remote for its newest commit, or for the one that the address names. */
  public Fetched fetch() throws InterruptedException {
    try {
      Fetched fetched = fetchInto(mirror);
      boolean damaged =
          fetched instanceof Fetched.Failed(GitFailure failure) && failure.kind() == Kind.CORRUPT;
      return damaged || mirror.isWorn() ? fetchAnew(fetched) : fetched;
    } catch (IOException | RuntimeException e) {
      return failed(Kind.MIRROR, "the mirror in " + folder + " cannot be used: " + e.getMessage());
    }
  }

  /** The commit that was in force last, from the mirror alone; empty when there was none. */
  public Optional<Fetched> lastGood() {
    try {
      Optional<ObjectId> kept = mirror.ref(Mirror.IN_FORCE);
      return kept.isEmpty() ? Optional.empty() : Optional.of(read(mirror, kept.get()));
    } catch (IOException e) {
      return Optional.of(
          failed(Kind.MIRROR, "the mirror in " + folder + " is damaged: " + e.getMessage()));
    }
  }

  /** The files of a commit that was fetched before. */
  public Fetched at(String commit) {
    return read(mirror, ObjectId.fromString(commit));
  }

  /** Notes that the configuration of {@code commit} is in force. */
  public void keep(String commit) {
    try {
      mirror.set(Mirror.IN_FORCE, ObjectId.fromString(commit));
    } catch (IOException e) {
      LOG.warn("configuration=not_kept commit={} error={}", commit, e.getMessage());
    }
  }

  /** Whether {@code commit} is {@code base} or was made on top of it. */
  public boolean follows(String commit, String base) {
    try {
      return mirror.contains(ObjectId.fromString(commit), ObjectId.fromString(base));
    } catch (IOException e) {
      LOG.warn("configuration=history_unreadable commit={} error={}", commit, e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    mirror.close();
  }

  private Fetched fetchInto(Mirror into) throws IOException, InterruptedException {
    Optional<GitLogin.Resolved> resolved = address().resolve(settings.secrets());
    if (resolved.isPresent() && resolved.get() instanceof GitLogin.Resolved.Missing(String why)) {
      return failed(Kind.REFUSED, "the login for " + address() + " is not complete: " + why);
    }
    Optional<GitLogin.Resolved.Known> login = resolved.map(GitLogin.Resolved.Known.class::cast);
    Fetching fetching = new Fetching(address(), login, settings.limits(), settings.home());
    return switch (fetching.into(into.under(fetching.cap()))) {
      case Fetching.Result.Failed(GitFailure failure) -> new Fetched.Failed(failure);
      case Fetching.Result.Here(ObjectId head) -> {
        Fetched files = pinned(into, head);
        if (!(files instanceof Fetched.Failed)) {
          into.set(Mirror.FETCHED, head);
        }
        yield files;
      }
    };
  }

  private Fetched pinned(Mirror from, ObjectId head) throws IOException {
    if (address().commit().isEmpty()) {
      return read(from, head);
    }
    String digits = address().commit().get();
    try {
      Optional<ObjectId> commit = from.find(digits);
      if (commit.isEmpty() || !from.contains(head, commit.get())) {
        return failed(
            Kind.NO_SUCH_COMMIT,
            "%s has no commit %s, or more than one that begins so"
                .formatted(address().newest(), digits));
      }
      return read(from, commit.get());
    } catch (IOException e) {
      return corrupt(e);
    }
  }

  private Fetched read(Mirror from, ObjectId commit) {
    try {
      Optional<Signers> signers = settings.signers().map(Signers::new);
      Optional<String> objection =
          signers.isEmpty() ? Optional.empty() : from.objection(commit, signers.get());
      return objection.isPresent()
          ? failed(
              Kind.NOT_SIGNED,
              "commit %s of %s is not taken: %s"
                  .formatted(commit.name(), address(), objection.get()))
          : CommitFiles.read(from, commit, address().folder());
    } catch (IOException e) {
      return corrupt(e);
    }
  }

  private Fetched corrupt(IOException why) {
    return failed(
        Kind.CORRUPT,
        "%s: an object is damaged or missing: %s".formatted(address(), why.getMessage()));
  }

  /** Fetches all of it into a new mirror, which takes the place of the old one when it is sound. */
  private Fetched fetchAnew(Fetched before) throws IOException, InterruptedException {
    Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
    Mirror.remove(fresh);
    Fetched fetched;
    try (Mirror made = Mirror.in(fresh)) {
      fetched = fetchInto(made);
      if (fetched instanceof Fetched.Failed) {
        Mirror.remove(fresh);
        return before;
      }
      Optional<ObjectId> kept = keptOf(mirror);
      if (kept.isPresent() && made.contains(made.ref(Mirror.FETCHED).orElseThrow(), kept.get())) {
        made.set(Mirror.IN_FORCE, kept.get());
      }
    }
    mirror.close();
    Mirror.remove(folder);
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    mirror = Mirror.in(folder);
    LOG.info("configuration=mirrored_anew source={}", address());
    return fetched;
  }

  private static Optional<ObjectId> keptOf(Mirror mirror) {
    try {
      return mirror.ref(Mirror.IN_FORCE);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Fetched failed(Kind kind, String message) {
    return new Fetched.Failed(new GitFailure(kind, message));
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
