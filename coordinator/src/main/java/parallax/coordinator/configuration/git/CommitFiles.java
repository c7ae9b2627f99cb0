package parallax.coordinator.configuration.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import parallax.config.ConfigurationLoader.Limits;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.coordinator.view.SourceRevision;

/** Gathers the YAML files of one commit, straight from its trees. */
final class CommitFiles {
  /** The largest commit and the largest tree that are read, in bytes. */
  private static final int MAX_OBJECT_BYTES = 8 * 1024 * 1024;

  /** So many entries of folders are looked at. */
  private static final int MAX_ENTRIES = 100_000;

  private final Mirror mirror;
  private final Path folder;
  private final SortedMap<String, ByteBuffer> files = new TreeMap<>();
  private final Problems problems = new Problems();
  private int entries;
  private long bytes;

  private CommitFiles(Mirror mirror, Path folder) {
    this.mirror = mirror;
    this.folder = folder;
  }

  /**
   * The files below {@code folder} of {@code commit}.
   *
   * @throws IOException when the mirror is damaged or lacks something
   */
  static Fetched read(Mirror mirror, ObjectId commit, String folder) throws IOException {
    byte[] content = mirror.read(commit, Constants.OBJ_COMMIT, MAX_OBJECT_BYTES);
    RevCommit parsed;
    try {
      parsed = RevCommit.parse(content);
    } catch (RuntimeException e) {
      throw new IOException("the commit cannot be read", e);
    }
    SourceRevision revision = revision(commit, parsed);
    CommitFiles reading = new CommitFiles(mirror, Path.of(folder));
    try {
      Optional<ObjectId> tree = reading.find(parsed.getTree().getId(), folder);
      if (tree.isPresent()) {
        reading.walk(tree.get(), "", 1);
      }
      reading.require(folder);
    } catch (Trees.Malformed e) {
      reading.problems.error(reading.start(), String.valueOf(e.getMessage()));
    }
    return reading.problems.hasErrors()
        ? new Fetched.Unfit(revision, reading.problems.errors())
        : new Fetched.Files(revision, reading.folder, reading.files);
  }

  private static SourceRevision revision(ObjectId id, RevCommit commit) {
    PersonIdent committer = commit.getCommitterIdent();
    PersonIdent author = commit.getAuthorIdent();
    return new SourceRevision(
        id.name(), author.getName(), committer.getWhenAsInstant(), commit.getShortMessage());
  }

  private Place start() {
    return Place.startOf(folder.toString().isEmpty() ? Path.of(".") : folder);
  }

  private void require(String named) {
    if (files.isEmpty() && !problems.hasErrors()) {
      String what = named.isEmpty() ? "the repository" : "the folder";
      problems.error(start(), what + " holds no *.yaml or *.yml file in this commit");
    }
  }

  private Optional<ObjectId> find(ObjectId root, String wanted)
      throws IOException, Trees.Malformed {
    ObjectId at = root;
    for (String part : wanted.isEmpty() ? List.<String>of() : List.of(wanted.split("/"))) {
      Optional<Trees.Entry> next =
          Trees.parse(mirror.read(at, Constants.OBJ_TREE, MAX_OBJECT_BYTES)).stream()
              .filter(entry -> entry.name().equals(part))
              .findFirst();
      if (next.isEmpty() || next.get().kind() != Trees.Kind.FOLDER) {
        problems.error(start(), "there is no such folder in this commit");
        return Optional.empty();
      }
      at = next.get().id();
    }
    return Optional.of(at);
  }

  private void walk(ObjectId tree, String prefix, int depth) throws IOException, Trees.Malformed {
    if (depth > Limits.MAX_DEPTH) {
      problems.error(
          Place.startOf(folder.resolve(prefix)),
          "folders lie deeper than " + Limits.MAX_DEPTH + " levels");
      return;
    }
    for (Trees.Entry entry : Trees.parse(mirror.read(tree, Constants.OBJ_TREE, MAX_OBJECT_BYTES))) {
      entries++;
      if (entries > MAX_ENTRIES) {
        problems.error(start(), "the folder has more than " + MAX_ENTRIES + " entries");
        return;
      }
      if (!entry.name().startsWith(".")) {
        take(entry, prefix + entry.name(), depth);
      }
    }
  }

  private void take(Trees.Entry entry, String path, int depth) throws IOException, Trees.Malformed {
    Place place = Place.startOf(folder.resolve(path));
    switch (entry.kind()) {
      case FOLDER -> walk(entry.id(), path + "/", depth + 1);
      case FILE -> {
        if (path.endsWith(".yaml") || path.endsWith(".yml")) {
          file(entry.id(), path, place);
        }
      }
      case LINK ->
          problems.error(place, "it is a link; links are not followed, write the file itself");
      case SUBMODULE ->
          problems.error(place, "it is a submodule; submodules are not fetched, write the files");
      case OTHER -> problems.error(place, "it is neither a file nor a folder");
    }
  }

  private void file(ObjectId blob, String path, Place place) throws IOException {
    if (files.size() >= Limits.MAX_FILES) {
      problems.error(start(), "the folder holds more than " + Limits.MAX_FILES + " files");
      return;
    }
    long size = mirror.size(blob);
    if (size > Limits.MAX_FILE_BYTES) {
      problems.error(
          place,
          "the file has %d KiB; at most %d KiB are read"
              .formatted(size / 1024, Limits.MAX_FILE_BYTES / 1024));
      return;
    }
    bytes += size;
    if (bytes > Limits.MAX_TOTAL_BYTES) {
      problems.error(start(), "the files have more than 64 MiB together");
      return;
    }
    byte[] content = mirror.read(blob, Constants.OBJ_BLOB, Limits.MAX_FILE_BYTES);
    files.put(path, ByteBuffer.wrap(content).asReadOnlyBuffer());
  }
}
