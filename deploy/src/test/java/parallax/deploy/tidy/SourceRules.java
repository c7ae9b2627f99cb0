package parallax.deploy.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What source files must keep: sizes, names and words. */
final class SourceRules {
  static final int MAX_FILE_LINES = 400;
  static final int MAX_COLUMNS = 100;
  static final int MAX_PACKAGE_FILES = 12;

  private static final Pattern VAGUE_NAME =
      Pattern.compile("(Base|Abstract)[A-Z].*|.*(Manager|Helper|Helpers|Util|Utils|Impl|Stuff)");

  /** Words that must not stand in any source, with what to do instead. */
  private static final List<Banned> EVERYWHERE =
      List.of(
          new Banned("TO" + "DO|FIX" + "ME|XX" + "X\\b|HA" + "CK\\b", "finish it or leave it out"),
          new Banned("printStack" + "Trace\\(", "log one line where it is handled"),
          new Banned("Thread\\.sle" + "ep\\(", "wait for the event, with a timeout"),
          new Banned("catch \\(Throw" + "able ", "catch what the call throws"),
          new Banned("@Dis" + "abled", "mend the test or delete it"));

  private static final Banned CONSOLE =
      new Banned("System\\.(out|err)\\b", "only commands print; log instead");

  private static final Banned ALIASING_ORDER =
      new Banned(
          "\\b(Set|Map)\\.(copyOf|of)\\((?!\\))",
          "iterates in an order that differs from start to start: use a sorted or linked one");

  private record Banned(Pattern words, String instead) {
    Banned(String words, String instead) {
      this(Pattern.compile(words), instead);
    }
  }

  private final List<String> problems = new ArrayList<>();
  private final SortedMap<Path, Integer> filesInPackage = new TreeMap<>();

  /** Every problem of the Java sources under these roots, as {@code file:line: message}. */
  static List<String> problemsOf(List<Path> sourceRoots) {
    SourceRules rules = new SourceRules();
    for (Path root : sourceRoots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          rules.examine(file, Files.readAllLines(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    rules.judgePackages();
    return rules.problems;
  }

  private void examine(Path file, List<String> lines) {
    String name = file.getFileName().toString().replace(".java", "");
    boolean main = file.toString().contains("/src/main/");
    if (name.equals("package-info")) {
      if (lines.stream().noneMatch(line -> line.startsWith("@NullMarked"))) {
        problems.add(file + ":1: package without @NullMarked");
      }
      return;
    }
    filesInPackage.merge(file.getParent(), 1, Integer::sum);
    if (lines.size() > MAX_FILE_LINES) {
      problems.add(file + ":" + lines.size() + ": more than " + MAX_FILE_LINES + " lines");
    }
    if (VAGUE_NAME.matcher(name).matches()) {
      problems.add(file + ":1: a name that says nothing: " + name);
    }
    for (int index = 0; index < lines.size(); index++) {
      judgeLine(file + ":" + (index + 1) + ": ", lines.get(index), file, main);
    }
  }

  private void judgeLine(String where, String line, Path file, boolean main) {
    // Tables in the text blocks of tests read better in one line a row.
    if (main && line.length() > MAX_COLUMNS && !line.startsWith("import ")) {
      problems.add(where + "longer than " + MAX_COLUMNS + " columns");
    }
    List<Banned> banned = new ArrayList<>(EVERYWHERE);
    String path = file.toString();
    if (main && !path.contains("/deploy/") && !path.contains("/bench/")) {
      banned.add(CONSOLE);
    }
    if (main && path.contains("/coordinator/core/")) {
      banned.add(ALIASING_ORDER);
    }
    for (Banned rule : banned) {
      if (rule.words().matcher(line).find()) {
        problems.add(where + "'" + rule.words().pattern() + "': " + rule.instead());
      }
    }
  }

  private void judgePackages() {
    filesInPackage.forEach(
        (folder, count) -> {
          if (folder.toString().contains("/src/main/") && count > MAX_PACKAGE_FILES) {
            problems.add(folder + ":1: " + count + " files, at most " + MAX_PACKAGE_FILES);
          }
          if (!Files.exists(folder.resolve("package-info.java"))
              && folder.toString().contains("/src/main/")) {
            problems.add(folder + ":1: package without package-info.java");
          }
        });
  }
}
