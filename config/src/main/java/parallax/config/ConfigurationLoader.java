package parallax.config;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.policy.DecisionRules;
import parallax.config.problem.Problems;
import parallax.config.read.ConfigurationReader;
import parallax.config.read.ConfigurationReader.Contents;
import parallax.config.secret.SecretSource;
import parallax.config.yaml.Yaml;
import parallax.config.yaml.YamlParser;

/**
 * Reads configurations: a file, or all {@code *.yaml} and {@code *.yml} of a folder and its
 * subfolders as one. Reading has no side effects and keeps nothing, so any thread may load.
 */
public final class ConfigurationLoader {
  private ConfigurationLoader() {}

  /**
   * The configuration at {@code fileOrFolder}, or everything that is wrong with it.
   *
   * @param secrets where references to secrets come from
   */
  public static Loaded load(Path fileOrFolder, SecretSource secrets) {
    Problems problems = new Problems();
    return judged(ConfigurationFiles.read(fileOrFolder, problems), secrets, problems);
  }

  /**
   * The configuration in files that lie on no disk, such as those of a commit. A secret in a file
   * is named by an absolute path there, for nothing lies beside them.
   *
   * @param name stands for all of them in problems that are none of one file's
   * @param files by their paths relative to the configuration's folder, as {@code web/shop.yaml}; a
   *     path shows in problems as it is written, below {@code name}
   */
  public static Loaded load(Path name, SortedMap<String, ByteBuffer> files, SecretSource secrets) {
    Problems problems = new Problems();
    ConfigurationFiles found = ConfigurationFiles.of(name, files, problems);
    return judged(found, new NothingBeside(secrets), problems);
  }

  /**
   * The files at {@code fileOrFolder} as they are now, by their relative paths, to be loaded
   * elsewhere; empty when they are not those of {@code revision}.
   */
  public static Optional<SortedMap<String, ByteBuffer>> files(Path fileOrFolder, String revision) {
    Problems problems = new Problems();
    ConfigurationFiles found = ConfigurationFiles.read(fileOrFolder, problems);
    return problems.hasErrors() || !found.revision().equals(revision)
        ? Optional.empty()
        : Optional.of(found.byPath());
  }

  /** The limits of {@link #load}, for those who gather files from elsewhere. */
  public static final class Limits {
    public static final int MAX_FILES = ConfigurationFiles.MAX_FILES;
    public static final int MAX_DEPTH = ConfigurationFiles.MAX_DEPTH;
    public static final long MAX_TOTAL_BYTES = ConfigurationFiles.MAX_TOTAL_BYTES;
    public static final int MAX_FILE_BYTES = YamlParser.MAX_BYTES;

    private Limits() {}
  }

  /** Secrets for files that lie on no disk. */
  private record NothingBeside(SecretSource secrets) implements SecretSource {
    @Override
    public Answer variable(String name) {
      return secrets.variable(name);
    }

    @Override
    public Answer file(Path path) {
      return path.isAbsolute()
          ? secrets.file(path)
          : new Answer.Missing(
              "file " + path + " lies in no folder of this machine; write an absolute path");
    }
  }

  /**
   * The configuration in one document that is no file.
   *
   * @param name stands for the file in problems
   */
  public static Loaded parse(Path name, byte[] document, SecretSource secrets) {
    ConfigurationFiles.Content content =
        new ConfigurationFiles.Content(name, ByteBuffer.wrap(document).asReadOnlyBuffer());
    return judged(new ConfigurationFiles(name, List.of(content)), secrets, new Problems());
  }

  /**
   * Rules to be tried, from a file that has nothing but the key {@code rules}; empty when {@code
   * problems} has errors afterwards.
   */
  public static Optional<DecisionRules> loadRules(
      Path file, SecretSource secrets, Problems problems) {
    ConfigurationFiles files = ConfigurationFiles.read(file, problems);
    Optional<DecisionRules> rules = Optional.empty();
    for (ConfigurationFiles.Content content : files.files()) {
      rules =
          YamlParser.parse(content.file(), content.bytes(), problems)
              .flatMap(document -> ConfigurationReader.readRules(document, secrets, problems));
    }
    return problems.hasErrors() ? Optional.empty() : rules;
  }

  private static Loaded judged(ConfigurationFiles files, SecretSource secrets, Problems problems) {
    List<Yaml> documents = new ArrayList<>();
    for (ConfigurationFiles.Content content : files.files()) {
      YamlParser.parse(content.file(), content.bytes(), problems).ifPresent(documents::add);
    }
    boolean whole = documents.size() == files.files().size();
    Contents contents = ConfigurationReader.read(documents, whole, secrets, problems);
    if (problems.hasErrors()) {
      return new Loaded.Invalid(problems.errors());
    }
    Configuration configuration =
        new Configuration(
            contents.targets(),
            contents.providers(),
            contents.maintenance(),
            contents.receivers(),
            contents.routes(),
            contents.rules(),
            contents.smtp(),
            contents.routing(),
            contents.watchdog(),
            contents.access(),
            contents.page(),
            contents.runbooks(),
            contents.reports(),
            contents.statusPage(),
            contents.places(),
            files.revision());
    return new Loaded.Valid(configuration, problems.warnings());
  }
}
