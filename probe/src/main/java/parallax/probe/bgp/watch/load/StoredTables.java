package parallax.probe.bgp.watch.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.routes.Document;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.mrt.MrtSummary;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.watch.Wanted;
import parallax.probe.net.Cidr;

/** Reads tables that collectors have stored (RFC 6396). */
public final class StoredTables {
  /** Of larger files only what concerns what is watched is kept. */
  static final long MAX_WHOLE_BYTES = 8L << 20;

  private static final int BATCH = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(StoredTables.class);

  /** Collectors as archives name them in paths. */
  private static final Pattern COLLECTOR =
      Pattern.compile("rrc[0-9]{2}|(?<=/)route-views[a-z0-9.-]*(?=/)");

  private StoredTables() {}

  /** Which prefixes of a file are kept. */
  private interface Choice {
    Predicate<Cidr> of(Path file) throws IOException;
  }

  /**
   * Reads one; what cannot be read is logged and passed over.
   *
   * @param wanted what is kept of a large one
   * @param to told in batches; may take its time
   */
  public static void read(
      Document document, Wanted wanted, Fetch fetch, Consumer<List<RouteEvent>> to)
      throws InterruptedException {
    read(document, fetch, kept(wanted), to);
  }

  /**
   * Reads of one what is wanted now and was not before. What tells of both is left out, for since
   * then it has been heard live, and may be gone.
   */
  public static void readMore(
      Document document, Wanted before, Wanted wanted, Fetch fetch, Consumer<List<RouteEvent>> to)
      throws InterruptedException {
    Predicate<Cidr> fresh = prefix -> wanted.concerns(prefix) && !before.concerns(prefix);
    read(document, fetch, _ -> fresh, to);
  }

  private static Choice kept(Wanted wanted) {
    return file -> Files.size(file) <= MAX_WHOLE_BYTES ? _ -> true : wanted::concerns;
  }

  private static void read(
      Document document, Fetch fetch, Choice choice, Consumer<List<RouteEvent>> to)
      throws InterruptedException {
    String source = collector(document.toString());
    try {
      MrtSummary summary =
          fetch.with(document, file -> readFile(file, source, choice.of(file), to));
      LOG.info(
          "table=\"{}\" collector={} listed={} problems={}",
          document,
          source,
          summary.elements().listed(),
          summary.problemCount());
    } catch (IOException broken) {
      LOG.warn("table=\"{}\" unread=\"{}\"", document, broken.toString());
    }
  }

  private static MrtSummary readFile(
      Path file, String source, Predicate<Cidr> kept, Consumer<List<RouteEvent>> to)
      throws IOException {
    List<RouteEvent> batch = new ArrayList<>();
    try (InputStream in = MrtFile.open(file)) {
      MrtSummary summary =
          MrtReader.read(
              in,
              source,
              event -> {
                if (event instanceof RouteEvent.Listed listed && kept.test(listed.prefix())) {
                  batch.add(event);
                }
                if (batch.size() >= BATCH) {
                  to.accept(batch);
                  batch.clear();
                }
              });
      to.accept(batch);
      return summary;
    }
  }

  /** The name by which a live stream of the same collector would call it. */
  public static String collector(String place) {
    Matcher matcher = COLLECTOR.matcher(place);
    String found = "";
    while (matcher.find()) {
      found = matcher.group();
    }
    if (!found.isEmpty()) {
      return found;
    }
    String name = place.substring(place.lastIndexOf('/') + 1);
    return name.isEmpty() ? place : name;
  }
}
