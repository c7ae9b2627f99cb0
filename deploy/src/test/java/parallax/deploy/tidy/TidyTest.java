package parallax.deploy.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole tree keeps the rules, and each rule bites when it is broken on purpose. */
final class TidyTest {
  private static final List<String> MODULES = List.of("config", "probe", "coordinator", "deploy");

  @TempDir Path folder;

  @Test
  void theClassesKeepTheRules() {
    assertThat(ClassRules.problemsOf(inModules("target/classes"))).isEmpty();
  }

  @Test
  void theSourcesKeepTheRules() {
    List<Path> roots =
        Stream.of(
                inModules("src/main/java"),
                inModules("src/test/java"),
                List.of(Path.of("bench/src/main/java"), Path.of("browser/src/test/java")))
            .flatMap(List::stream)
            .toList();
    assertThat(SourceRules.problemsOf(roots)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parallax.probe            | Object f = parallax.coordinator.Other.X;     | parallax.probe must not know parallax.coordinator.Other
          parallax.coordinator      | Object f = parallax.probe.Other.X;           | parallax.coordinator must not know parallax.probe.Other
          parallax.probe            | Object f = parallax.uplink.Other.X;          | parallax.probe must not know parallax.uplink.Other
          parallax.coordinator.api  | com.hazelcast.config.Config f;               | only the cluster may know com.hazelcast.config.Config
          parallax.deploy.probe     | Object f = parallax.coordinator.Other.X;     | parallax.deploy.probe must not know parallax.coordinator.Other
          parallax.config           | Object f = parallax.deploy.Other.X;          | parallax.config must not know parallax.deploy.Other
          parallax.coordinator.core | Object f = new java.util.Random();           | the pure core must not know java.util.Random
          parallax.coordinator.core | long f = System.nanoTime();                   | the pure core must not know java.lang.System
          parallax.coordinator.core | void f() throws java.io.IOException {}       | the pure core must not know java.io.IOException
          parallax.probe            | Object f = java.time.Instant.now();          | java.time.Instant.now outside a composition root
          parallax.probe            | static int f;                                | static state that can change
          parallax.probe            | void f(int a, int b, int c, int d, int e, int g) {} | f has 6 parameters
          """)
  void aBrokenClassRuleIsReportedWithFileAndLine(String where, String member, String message)
      throws IOException {
    compile(where, member);
    assertThat(ClassRules.problemsOf(List.of(folder.resolve("classes"))))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith(where.replace('.', '/') + "/Planted.java:")
                    .contains(message));
  }

  @Test
  void aUseInCodeIsReportedAtItsLine() throws IOException {
    compile("parallax.probe", "\n\nObject f() {\n return java.time.Instant.now(); }");
    assertThat(ClassRules.problemsOf(List.of(folder.resolve("classes"))))
        .singleElement()
        .asString()
        .startsWith("parallax/probe/Planted.java:4: java.time.Instant.now");
  }

  @Test
  void aMethodThatIsTooLongIsReported() throws IOException {
    compile("parallax.probe", "int f(int x) {\n" + "x++;\n".repeat(70) + "return x; }");
    assertThat(ClassRules.problemsOf(List.of(folder.resolve("classes"))))
        .singleElement()
        .asString()
        .contains("f is longer than 70 lines");
  }

  @Test
  void packagesThatUseEachOtherAreReported() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path one = source("parallax.probe.one", "One", "parallax.probe.two.Two f;");
    Path two = source("parallax.probe.two", "Two", "parallax.probe.one.One f;");
    assertThat(javac(classes, one, two)).isZero();
    assertThat(ClassRules.problemsOf(List.of(classes)))
        .containsExactly(
            "packages in a cycle: parallax.probe.one -> parallax.probe.two -> parallax.probe.one");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          probe/src/main/java/parallax/probe/Fine.java            | // TO_DO later                    | finish it or leave it out
          probe/src/test/java/parallax/probe/FineTest.java        | Thread.sle_ep(5);                 | wait for the event
          probe/src/main/java/parallax/probe/Fine.java            | System.out.println();             | only commands print
          probe/src/main/java/parallax/probe/FineManager.java     | class FineManager {}              | a name that says nothing
          coordinator/src/main/java/parallax/coordinator/core/A.java | var a = Set.of(1, 2);          | order that differs
          probe/src/main/java/parallax/probe/Fine.java            | class Fine {}                     | package without package-info.java
          """)
  void aBrokenSourceRuleIsReportedWithFileAndLine(String file, String line, String message)
      throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, line.replace("_", "") + "\n");
    assertThat(SourceRules.problemsOf(List.of(folder)))
        .anySatisfy(problem -> assertThat(problem).contains(message).containsPattern(":\\d+: "));
  }

  @Test
  void longLinesLongFilesAndCrowdedPackagesAreReported() throws IOException {
    Path crowded = Files.createDirectories(folder.resolve("x/src/main/java/parallax/x"));
    for (int file = 0; file <= SourceRules.MAX_PACKAGE_FILES; file++) {
      Files.writeString(crowded.resolve("F" + file + ".java"), "\n".repeat(401) + "x".repeat(101));
    }
    assertThat(String.join("\n", SourceRules.problemsOf(List.of(folder))))
        .contains("more than 400 lines", "longer than 100 columns", "13 files, at most 12");
  }

  private void compile(String where, String member) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path planted = source(where, "Planted", member);
    List<Path> sources = new java.util.ArrayList<>(List.of(planted));
    for (String other : List.of("coordinator", "probe", "deploy", "uplink")) {
      sources.add(source("parallax." + other, "Other", "public static final Object X = 1;"));
    }
    assertThat(javac(classes, sources.toArray(Path[]::new))).isZero();
  }

  private Path source(String where, String name, String member) throws IOException {
    Path file = folder.resolve("src").resolve(where.replace('.', '/')).resolve(name + ".java");
    Files.createDirectories(file.getParent());
    String text = "package " + where + "; public class " + name + " { " + member + " }\n";
    return Files.writeString(file, text);
  }

  private static int javac(Path classes, Path... sources) {
    List<String> arguments = new java.util.ArrayList<>(List.of("-d", classes.toString()));
    Stream.of(sources).map(Path::toString).forEach(arguments::add);
    return ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, arguments.toArray(String[]::new));
  }

  private static List<Path> inModules(String part) {
    return MODULES.stream()
        .map(module -> Path.of("..", module, part).normalize())
        .filter(Files::isDirectory)
        .toList();
  }
}
