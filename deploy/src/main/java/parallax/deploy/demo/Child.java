package parallax.deploy.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of Parallax in a process of its own, with the same Java and the same classes. It ends
 * with this process, because its standard input does.
 */
final class Child implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(10);
  private static final int LAST_LINES = 5;

  /** By its name: the composition roots know the commands, not the other way round. */
  private static final String MAIN = "parallax.deploy.ChildMain";

  /** Options of the JVM that are for this process alone. */
  private static final Pattern OWN =
      Pattern.compile("-(agentlib|agentpath|javaagent).*|-Xrunjdwp.*");

  private final String name;
  private final Process process;
  private final Path log;
  private final Map<String, CompletableFuture<Matcher>> awaited;

  private Child(
      String name, Process process, Path log, Map<String, CompletableFuture<Matcher>> awaited) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.awaited = awaited;
  }

  /**
   * Starts it.
   *
   * @param awaited what its output is looked through for, see {@link #await}
   * @param log takes what it says on standard error; its temporary files are beside it
   */
  static Child start(String name, Path log, List<String> arguments, List<String> awaited)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !OWN.matcher(option).matches())
        .forEach(command::add);
    // What libraries unpack goes with the folder, however the process ends.
    Path temporary = Files.createDirectories(log.resolveSibling("tmp"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MAIN);
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Map<String, CompletableFuture<Matcher>> found = new ConcurrentHashMap<>();
    awaited.forEach(pattern -> found.put(pattern, new CompletableFuture<>()));
    Child child = new Child(name, process, log, found);
    Thread.ofVirtual().name("demo-child-" + name).start(child::read);
    return child;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = line;
        awaited.forEach(
            (pattern, found) -> {
              Matcher matcher = Pattern.compile(pattern).matcher(text);
              if (matcher.find()) {
                found.complete(matcher);
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      IOException over = new IOException(name + " ended" + lastWords());
      awaited.values().forEach(found -> found.completeExceptionally(over));
    }
  }

  /**
   * Waits until it has said that.
   *
   * @throws IOException when it ends before, or takes too long
   */
  Matcher await(String pattern) throws IOException {
    try {
      return awaited
          .getOrDefault(pattern, new CompletableFuture<>())
          .get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(name + " does not start: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(name + " does not start" + lastWords(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The end of its log, to be put behind a sentence. */
  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty()
          ? ""
          : ": "
              + String.join(
                  "; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String name() {
    return name;
  }

  /** Asks it to end, without waiting for that. */
  void end() {
    process.destroy();
  }

  /** Waits for its end, and makes one in the end. */
  @Override
  public void close() {
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
