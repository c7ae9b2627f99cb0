package parallax.coordinator.configuration.git;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.git.remote.GitFailure;
import parallax.coordinator.view.SourceRevision;

/** What came of asking for a commit. */
public sealed interface Fetched {
  /**
   * Its files.
   *
   * @param folder of the repository, by which problems name the files
   * @param files by their paths relative to that folder; read-only
   */
  record Files(SourceRevision revision, Path folder, SortedMap<String, ByteBuffer> files)
      implements Fetched {
    public Files {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** The configuration in them; problems name the files as they lie in the repository. */
    public Loaded load(SecretSource secrets) {
      return ConfigurationLoader.load(folder, files, secrets);
    }
  }

  /**
   * There is a commit whose files cannot be a configuration.
   *
   * @param problems at least one
   */
  record Unfit(SourceRevision revision, List<Problem> problems) implements Fetched {
    public Unfit {
      problems = List.copyOf(problems);
    }
  }

  /** Nothing can be said of a newer commit. */
  record Failed(GitFailure failure) implements Fetched {}
}
