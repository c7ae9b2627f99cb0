package parallax.coordinator.configuration.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import parallax.coordinator.configuration.git.remote.Cap;

/**
 * A bare repository of our own with what was fetched. Whatever is read from it is compared with its
 * hash, so that a damaged disk never passes for another configuration.
 */
final class Mirror implements AutoCloseable {
  /** The newest commit that was fetched and could be read. */
  static final String FETCHED = "refs/parallax/fetched";

  /** The commit whose configuration is in force. */
  static final String IN_FORCE = "refs/parallax/in-force";

  /** With more packs than this a mirror is made anew. */
  static final int MAX_PACKS = 50;

  private final Repository repository;

  private Mirror(Repository repository) {
    this.repository = repository;
  }

  /** The mirror in this folder, made where it is missing. */
  static Mirror in(Path folder) throws IOException {
    QuietSystem.install();
    Files.createDirectories(folder);
    Repository repository = new Repository(folder);
    if (!Files.exists(folder.resolve("HEAD"))) {
      repository.create(true);
    }
    return new Mirror(repository);
  }

  /** Receives packs under a cap. */
  private static final class Repository extends FileRepository {
    private volatile Optional<Cap> cap = Optional.empty();

    Repository(Path folder) throws IOException {
      super(new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup());
    }

    @Override
    public ObjectInserter newObjectInserter() {
      ObjectInserter inserter = super.newObjectInserter();
      return cap.map(held -> held.over(inserter)).orElse(inserter);
    }
  }

  /** The repository, which receives under {@code cap} from now on. */
  FileRepository under(Cap cap) {
    repository.cap = Optional.of(cap);
    return repository;
  }

  Optional<ObjectId> ref(String name) throws IOException {
    return Optional.ofNullable(repository.exactRef(name)).map(Ref::getObjectId);
  }

  void set(String name, ObjectId commit) throws IOException {
    RefUpdate update = repository.updateRef(name);
    update.setNewObjectId(commit);
    update.disableRefLog();
    RefUpdate.Result result = update.forceUpdate();
    boolean done =
        switch (result) {
          case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> true;
          default -> false;
        };
    if (!done) {
      throw new IOException("cannot set " + name + ": " + result);
    }
  }

  /** Whether it holds more packs than is good for it. */
  boolean isWorn() {
    return repository.getObjectDatabase().getPacks().size() > MAX_PACKS;
  }

  /**
   * The content of an object.
   *
   * @throws IOException when it is missing, larger than {@code limit} or not what its hash says
   */
  byte[] read(ObjectId id, int type, int limit) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      byte[] content = reader.open(id, type).getCachedBytes(limit);
      if (!new ObjectInserter.Formatter().idFor(type, content).equals(id)) {
        throw new CorruptObjectException(id, "its content is not what its hash says");
      }
      return content;
    } catch (LargeObjectException e) {
      throw new IOException("an object is larger than " + limit + " bytes", e);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** The size of a blob in bytes, as it is written down. */
  long size(ObjectId id) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      return reader.getObjectSize(id, Constants.OBJ_BLOB);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** Whether {@code base} is {@code commit} or one of its ancestors. */
  boolean contains(ObjectId commit, ObjectId base) throws IOException {
    if (!repository.getObjectDatabase().has(base)) {
      return false;
    }
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      return walk.isMergedInto(walk.parseCommit(base), walk.parseCommit(commit));
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** The commit that these digits begin, when there is exactly one. */
  Optional<ObjectId> find(String digits) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      Collection<ObjectId> found = reader.resolve(AbbreviatedObjectId.fromString(digits));
      List<ObjectId> commits = found.stream().filter(id -> isCommit(reader, id)).limit(2).toList();
      return commits.size() == 1 ? Optional.of(commits.getFirst()) : Optional.empty();
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private static boolean isCommit(ObjectReader reader, ObjectId id) {
    try {
      return reader.open(id).getType() == Constants.OBJ_COMMIT;
    } catch (IOException e) {
      return false;
    }
  }

  /** What {@code signers} have against a commit. */
  Optional<String> objection(ObjectId id, Signers signers) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(id);
      walk.parseBody(commit);
      return signers.objection(repository, commit);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** The library meets damage in its files with exceptions of every kind. */
  private static IOException damaged(RuntimeException why) {
    return new CorruptObjectException("the mirror is damaged: " + why);
  }

  @Override
  public void close() {
    repository.close();
  }

  /** Removes a mirror. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
