package parallax.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.yaml.YamlParser;

/**
 * The files of a configuration and their content.
 *
 * @param files sorted by path
 */
record ConfigurationFiles(Path root, List<Content> files) {
  static final int MAX_FILES = 1_000;
  static final int MAX_DEPTH = 16;
  static final long MAX_TOTAL_BYTES = 64L * 1024 * 1024;

  private static final int REVISION_DIGITS = 16;

  /** A file; its bytes are cut one byte after the largest size allowed. */
  record Content(Path file, ByteBuffer bytes) {}

  /** The file {@code root}, or all YAML files in the folder {@code root}. */
  static ConfigurationFiles read(Path root, Problems problems) {
    List<Content> contents = new ArrayList<>();
    long total = 0;
    for (Path file : list(root, problems)) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(YamlParser.MAX_BYTES + 1);
        total += bytes.length;
        contents.add(new Content(file, ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
      } catch (IOException e) {
        problems.error(Place.startOf(file), "the file can't be read; check its permissions");
      }
      if (total > MAX_TOTAL_BYTES) {
        problems.error(Place.startOf(file), "the files have more than 64 MiB together");
        break;
      }
    }
    return new ConfigurationFiles(root, List.copyOf(contents));
  }

  /** Files that lie on no disk, shown below {@code root}. */
  static ConfigurationFiles of(Path root, SortedMap<String, ByteBuffer> files, Problems problems) {
    List<Content> contents = new ArrayList<>();
    long total = 0;
    for (Map.Entry<String, ByteBuffer> file : files.entrySet()) {
      contents.add(
          new Content(root.resolve(file.getKey()), file.getValue().duplicate().asReadOnlyBuffer()));
      total += file.getValue().remaining();
    }
    if (contents.isEmpty()) {
      problems.error(Place.startOf(root), "the folder holds no *.yaml or *.yml file");
    }
    if (contents.size() > MAX_FILES) {
      problems.error(Place.startOf(root), "the folder holds more than " + MAX_FILES + " files");
    }
    if (total > MAX_TOTAL_BYTES) {
      problems.error(Place.startOf(root), "the files have more than 64 MiB together");
    }
    boolean bounded = contents.size() <= MAX_FILES && total <= MAX_TOTAL_BYTES;
    return new ConfigurationFiles(root, bounded ? List.copyOf(contents) : List.of());
  }

  private static List<Path> list(Path root, Problems problems) {
    if (Files.isRegularFile(root)) {
      return List.of(root);
    }
    if (!Files.isDirectory(root)) {
      problems.error(Place.startOf(root), "there is no such file or folder");
      return List.of();
    }
    YamlFiles found = new YamlFiles(root, problems);
    try {
      // The folder itself may be a link; folders inside are not followed, lest they form a ring.
      Files.walkFileTree(
          root.resolve("."), EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, found);
    } catch (IOException e) {
      problems.error(Place.startOf(root), "the folder can't be read; check its permissions");
    }
    if (found.files.isEmpty() && !problems.hasErrors()) {
      problems.error(Place.startOf(root), "the folder holds no *.yaml or *.yml file");
    }
    return found.files.stream().sorted().toList();
  }

  /** Hexadecimal digits that tell apart what all files are named and hold. */
  String revision() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Content content : files) {
        digest.update(
            (relative(content.file()) + "\0" + content.bytes().remaining() + "\0")
                .getBytes(StandardCharsets.UTF_8));
        digest.update(content.bytes().duplicate());
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, REVISION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Path relative(Path file) {
    return file.equals(root) ? root.getFileName() : root.relativize(file);
  }

  /** The content by relative path. */
  SortedMap<String, ByteBuffer> byPath() {
    SortedMap<String, ByteBuffer> files = new TreeMap<>();
    for (Content content : files()) {
      files.put(relative(content.file()).toString(), content.bytes().duplicate());
    }
    return files;
  }

  /** Gathers YAML files; hidden ones and hidden folders (.git) are none of ours. */
  private static final class YamlFiles extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Problems problems;
    private final List<Path> files = new ArrayList<>();

    YamlFiles(Path root, Problems problems) {
      this.root = root;
      this.problems = problems;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = isHidden(folder) && !folder.equals(root.resolve("."));
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
      if (!yaml || isHidden(file) || !Files.isRegularFile(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (files.size() >= MAX_FILES) {
        problems.error(Place.startOf(root), "the folder holds more than " + MAX_FILES + " files");
        return FileVisitResult.TERMINATE;
      }
      files.add(root.resolve(root.resolve(".").relativize(file)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      problems.error(Place.startOf(file), "it can't be read; check its permissions");
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path file) {
      return file.getFileName().toString().startsWith(".");
    }
  }
}
