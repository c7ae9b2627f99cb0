package parallax.coordinator.configuration.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;

/** A bare repository that tests push to: each commit is written whole. */
public final class BareRepository implements AutoCloseable {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Path folder;
  private final FileRepository repository;
  private final SortedMap<String, Entry> files = new TreeMap<>();
  private int commits;

  private record Entry(FileMode mode, ObjectId id) {}

  public BareRepository(Path folder) {
    this.folder = folder;
    try {
      QuietSystem.install();
      repository = new FileRepository(folder.toFile());
      repository.create(true);
      RefUpdate head = repository.updateRef(Constants.HEAD, false);
      head.link("refs/heads/main");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  public BareRepository file(String path, String content) {
    return put(path, FileMode.REGULAR_FILE, content.getBytes(StandardCharsets.UTF_8));
  }

  public BareRepository link(String path, String to) {
    return put(path, FileMode.SYMLINK, to.getBytes(StandardCharsets.UTF_8));
  }

  public BareRepository submodule(String path) {
    files.put(
        path,
        new Entry(
            FileMode.GITLINK, ObjectId.fromString("0123456789012345678901234567890123456789")));
    return this;
  }

  public BareRepository without(String path) {
    files.remove(path);
    return this;
  }

  private BareRepository put(String path, FileMode mode, byte[] content) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      files.put(path, new Entry(mode, inserter.insert(Constants.OBJ_BLOB, content)));
      inserter.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A commit of all files on top of main. */
  public String commit(String message) {
    return commitOn(head("main"), message);
  }

  /** A commit that comes from nowhere, put in the place of main. */
  public String forcePush(String message) {
    return commitOn(Optional.empty(), message);
  }

  private Optional<ObjectId> head(String branch) {
    try {
      return Optional.ofNullable(repository.resolve("refs/heads/" + branch));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String commitOn(Optional<ObjectId> parent, String message) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(inserter));
      parent.ifPresent(commit::setParentId);
      commits++;
      PersonIdent alice =
          new PersonIdent("Alice", "alice@example.net", NOON.plusSeconds(commits), ZoneOffset.UTC);
      commit.setAuthor(alice);
      commit.setCommitter(alice);
      commit.setMessage(message + "\n\nMore of it.\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      branch("main", id.name());
      return id.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectId tree(ObjectInserter inserter) throws IOException {
    DirCache cache = DirCache.newInCore();
    DirCacheBuilder builder = cache.builder();
    files.forEach(
        (path, file) -> {
          DirCacheEntry entry = new DirCacheEntry(path);
          entry.setFileMode(file.mode());
          entry.setObjectId(file.id());
          builder.add(entry);
        });
    builder.finish();
    return cache.writeTree(inserter);
  }

  /** Makes a branch, or puts it elsewhere. */
  public void branch(String name, String commit) {
    try {
      RefUpdate update = repository.updateRef("refs/heads/" + name);
      update.setNewObjectId(ObjectId.fromString(commit));
      update.forceUpdate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void removeBranch(String name) {
    try {
      RefUpdate update = repository.updateRef("refs/heads/" + name);
      update.setForceUpdate(true);
      update.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
