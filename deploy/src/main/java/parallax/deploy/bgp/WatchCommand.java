package parallax.deploy.bgp;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.routes.Document;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.config.secret.SecretSource;
import parallax.config.text.DurationText;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Version;
import parallax.probe.bgp.watch.Limits;
import parallax.probe.bgp.watch.Prefixes;
import parallax.probe.bgp.watch.RouteFeed;
import parallax.probe.bgp.watch.RouteSnapshot;
import parallax.probe.bgp.watch.Sources;
import parallax.probe.bgp.watch.Wanted;
import parallax.probe.bgp.watch.load.Fetch;
import parallax.probe.bgp.watch.load.StoredTables;
import parallax.probe.net.Cidr;
import parallax.probe.net.HostGate;
import parallax.probe.net.NetworkPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches one prefix, as it is heard or as it was stored. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Tells how far a prefix is seen: a line a minute, and each change of the verdict.",
      "Listens to RIS Live, or to the sources of a configuration, until Ctrl-C;",
      "with --updates it listens to nobody, and stored messages are run on their own time.",
      "Exit status 1 when the configuration has problems or a part of a file is lost, 3 when it",
      "cannot run."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long MAX_ASN = 4_294_967_295L;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PREFIX", description = "Such as 192.0.2.0/24 or 2001:db8::/32.")
  private String prefix = "";

  @Option(
      names = "--config",
      paramLabel = "PATH",
      description = "Listen to the sources of this configuration, and go by its limits.")
  private @Nullable Path config;

  @Option(
      names = "--ris-live",
      paramLabel = "URL",
      description = "Listen to this stream. Default: that of RIPE, where nothing else is named.")
  private @Nullable URI risLive;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      arity = "1..*",
      description = "MRT files of what collectors had before.")
  private List<Path> tables = new ArrayList<>();

  @Option(
      names = "--updates",
      paramLabel = "FILE",
      arity = "1..*",
      description = "MRT files of what they said after: run on their own time.")
  private List<Path> updates = new ArrayList<>();

  @Option(
      names = "--origin",
      paramLabel = "AS",
      description = "Who may announce it; may stand several times. Default: learnt.")
  private List<String> origins = new ArrayList<>();

  @Option(names = "--for", paramLabel = "DURATION", description = "Ends after, as in 90s or 2h.")
  private @Nullable String howLong;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Cidr watched = watched();
    SortedMap<Cidr, SortedSet<Long>> prefixes = new TreeMap<>(Prefixes.ORDER);
    prefixes.put(watched, origins());
    Wanted wanted = new Wanted(prefixes, Prefixes.sorted(List.of()));
    Duration limit = limit();
    Optional<RouteWatching> watching = watching();
    if (watching.isEmpty()) {
      return ExitCode.NO.status();
    }
    WatchLines lines = new WatchLines(spec.commandLine().getOut(), json);
    return updates.isEmpty()
        ? listen(watched, wanted, watching.get(), limit, lines)
        : replay(watched, wanted, watching.get(), limit, lines);
  }

  private Cidr watched() {
    try {
      return Cidr.parse(prefix);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private SortedSet<Long> origins() {
    SortedSet<Long> numbers = new TreeSet<>();
    for (String text : origins) {
      String digits = text.startsWith("AS") ? text.substring(2) : text;
      if (!digits.matches("[1-9][0-9]{0,9}") || Long.parseLong(digits) > MAX_ASN) {
        throw new ParameterException(
            spec.commandLine(), "--origin must be the number of an AS, such as 64500: " + text);
      }
      numbers.add(Long.valueOf(digits));
    }
    return numbers;
  }

  private Duration limit() {
    String written = howLong;
    if (written == null) {
      return LONGEST;
    }
    return DurationText.parse(written)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "--for must be a duration such as 90s or 2h: " + written));
  }

  /** What is written, else the stream that is named, else the usual one; empty when it is wrong. */
  private Optional<RouteWatching> watching() {
    Path written = config;
    if (written == null) {
      SourceSpec source =
          Optional.ofNullable(risLive)
              .map(url -> new SourceSpec.RisLive(url, SourceSpec.RisLive.USUAL.client()))
              .orElse(SourceSpec.RisLive.USUAL);
      RouteWatching none = RouteWatching.NONE;
      return Optional.of(
          new RouteWatching(
              List.of(source), none.tables(), none.rpki(), none.limits(), none.canaries()));
    }
    PrintWriter err = spec.commandLine().getErr();
    return switch (ConfigurationLoader.load(written, SecretSource.unresolved())) {
      case Loaded.Invalid(var problems) -> {
        problems.forEach(err::println);
        yield Optional.empty();
      }
      case Loaded.Valid(var configuration, _) -> {
        if (!configuration.routing().on() && updates.isEmpty()) {
          err.println("parallax: " + written + " has no 'bgp: sources'");
          yield Optional.empty();
        }
        yield Optional.of(configuration.routing());
      }
    };
  }

  private int replay(
      Cidr watched, Wanted wanted, RouteWatching watching, Duration limit, WatchLines lines)
      throws IOException {
    WatchReplay replay = new WatchReplay(watched, wanted, watching.limits());
    List<String> lost = new ArrayList<>();
    for (Path table : tables) {
      replay.table(table).ifPresent(lost::add);
    }
    for (Path update : updates) {
      replay.updates(update).ifPresent(lost::add);
    }
    PrintWriter err = spec.commandLine().getErr();
    lost.forEach(err::println);
    if (replay.isNarrow()) {
      err.println("too few collectors to tell their own trouble from that of the prefix");
    }
    replay.run(lines, limit);
    return (lost.isEmpty() ? ExitCode.FINE : ExitCode.NO).status();
  }

  private int listen(
      Cidr watched, Wanted wanted, RouteWatching watching, Duration limit, WatchLines lines)
      throws InterruptedException {
    InstantSource clock = InstantSource.system();
    try (RouteFeed feed =
        new RouteFeed(
            clock,
            Limits.of(watching.limits()),
            watching.canaries().stream().map(Cidr::parse).toList(),
            verdicts -> verdicts.forEach(it -> lines.verdict(clock.instant(), it)))) {
      feed.want(wanted);
      feed.start();
      List<Document> stored = new ArrayList<>(watching.tables());
      tables.forEach(table -> stored.add(new Document.InFile(table)));
      Fetch fetch =
          new Fetch("Parallax/" + Version.NUMBER, NetworkPolicy.forOperator(List.of(), List.of()));
      for (Document table : stored) {
        StoredTables.read(table, wanted, fetch, feed::stored);
      }
      Sources sources = new Sources(clock, new SplittableRandom(), new HostGate(fetch.policy()));
      feed.listen(watching.sources(), sources::of);
      // Counted down by nobody: Ctrl-C ends the process.
      CountDownLatch never = new CountDownLatch(1);
      Duration left = limit;
      while (left.isPositive() && !lines.isUnheard()) {
        Duration pause = left.compareTo(MINUTE) < 0 ? left : MINUTE;
        if (never.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
        left = left.minus(pause);
        RouteSnapshot snapshot = feed.snapshot();
        snapshot.of(watched).ifPresent(it -> lines.minute(snapshot.at(), it.reached()));
      }
    }
    return ExitCode.FINE.status();
  }
}
