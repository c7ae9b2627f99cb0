package parallax.deploy.demo;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Listen;
import parallax.deploy.demo.story.Stories;
import parallax.deploy.demo.story.Story;
import parallax.deploy.terminal.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Outages to watch, on an internet of one's own. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Breaks a small internet on this machine's loopback, as Facebook, Notion and Fastly were",
      "broken, and shows what Parallax says: on the page, and here. Needs no network and leaves",
      "nothing behind. Exit status 1 when a story of --script did not go as it should, 3 when it",
      "could not run."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Listen USUAL = new Listen("127.0.0.1", 8080);
  private static final String ALL = "all";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = {
        "Where the page and the API are served; port 0: any.",
        "Default: 127.0.0.1:8080, or any port when that one is taken."
      })
  private @Nullable String listen;

  @Option(
      names = "--script",
      split = ",",
      paramLabel = "NAME",
      description = {
        "Plays these stories and ends: facebook, notion, fastly, region, uplink, certificate, or",
        "all."
      })
  private List<String> script = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    List<Story> stories = stories();
    Listen page = page();
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = script.isEmpty() && isTerminal();
    Screen screen =
        new Screen(out, Style.forTerminal(terminal, System.getenv()), InstantSource.system());
    CountDownLatch closed = new CountDownLatch(1);
    try (DemoNode node = new DemoNode(screen)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node, closed), "parallax-end"));
      Optional<Stage> stage = node.start(page);
      boolean right = stage.isPresent();
      if (right && !script.isEmpty()) {
        right = stage.get().play(stories);
      } else if (right) {
        stage
            .get()
            .obey(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                new Menu(Stories.ALL));
      }
      return (right ? ExitCode.FINE : ExitCode.NO).status();
    } catch (Player.Ended e) {
      spec.commandLine().getErr().println("parallax: " + e.getMessage());
      return ExitCode.COULD_NOT_RUN.status();
    } finally {
      closed.countDown();
    }
  }

  // The console is null again, without a terminal, since JDK 25.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    @Nullable Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Ctrl-C, SIGTERM: takes everything down first. Nothing is left to be done after a good end. */
  private static void end(DemoNode node, CountDownLatch closed) {
    node.close();
    try {
      closed.await(DemoNode.GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Story> stories() {
    if (script.contains(ALL)) {
      return Stories.ALL;
    }
    return script.stream()
        .map(
            name ->
                Stories.named(name.strip())
                    .orElseThrow(
                        () ->
                            new ParameterException(
                                spec.commandLine(),
                                "--script: there is no story '"
                                    + name
                                    + "'; there are "
                                    + Stories.ALL.stream()
                                        .map(Story::name)
                                        .collect(Collectors.joining(", "))
                                    + " and "
                                    + ALL)))
        .toList();
  }

  private Listen page() {
    if (listen != null) {
      return Listen.parse(spec, "--listen", listen);
    }
    try (ServerSocket usual = new ServerSocket()) {
      usual.bind(new InetSocketAddress(USUAL.host(), USUAL.port()));
      return USUAL;
    } catch (IOException e) {
      return USUAL.at(0);
    }
  }
}
