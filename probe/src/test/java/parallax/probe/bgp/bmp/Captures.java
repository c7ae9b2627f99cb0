package parallax.probe.bgp.bmp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.probe.bgp.route.RouteEvent;

/** What routers reported: a few streams in the tree, many beside it where they are there. */
final class Captures {
  static final Path BESIDE = Path.of("../../shared/data/bgp");
  static final List<String> OWN =
      List.of(
          "lab.frr844-nosoft.bmp",
          "lab.frr844-soft.bmp",
          "lab.gobgp310-all.bmp",
          "lab.gobgp310-both-empty.bmp");

  private static final int FRAMING_COLUMN = 7;

  private Captures() {}

  static byte[] own(String name) {
    try (InputStream in = Captures.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] beside(String name) {
    try {
      return Files.readAllBytes(BESIDE.resolve("bmp").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Streams beside the tree, with the number of messages by type that another reader found. */
  static Map<String, Map<String, Long>> beside() {
    Map<String, Map<String, Long>> captures = new TreeMap<>();
    Path manifest = BESIDE.resolve("manifest.tsv");
    if (!Files.exists(manifest)) {
      return captures;
    }
    try (Stream<String> lines = Files.lines(manifest)) {
      lines
          .map(line -> line.split("\t", -1))
          .filter(columns -> columns[0].startsWith("bmp/") && columns[0].endsWith(".bmp"))
          .forEach(
              columns ->
                  captures.put(
                      columns[0].substring("bmp/".length()), counts(columns[FRAMING_COLUMN])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return captures;
  }

  /** {@code n=46;type0=2;type4=44} without the sum. */
  private static Map<String, Long> counts(String text) {
    Map<String, Long> counts = new TreeMap<>();
    for (String part : text.split(";", -1)) {
      String[] pair = part.split("=", -1);
      if (!pair[0].equals("n")) {
        counts.put(pair[0], Long.valueOf(pair[1]));
      }
    }
    return counts;
  }

  /**
   * What a stream was read as.
   *
   * @param unread bytes after the last whole message
   */
  record Reading(
      List<BmpMessage> messages,
      List<RouteEvent> events,
      RouterView view,
      Optional<BmpDecoder.Fault> fault,
      int unread) {}

  /** Reads a stream as it would come in pieces of this size. */
  static Reading read(byte[] stream, int piece) {
    BmpDecoder decoder = new BmpDecoder();
    RouterView view = new RouterView("192.0.2.254", 4_096);
    List<BmpMessage> messages = new ArrayList<>();
    List<RouteEvent> events = new ArrayList<>();
    byte[] buffer = new byte[piece];
    for (int at = 0; at < stream.length; at += piece) {
      int count = Math.min(piece, stream.length - at);
      System.arraycopy(stream, at, buffer, 0, count);
      decoder.put(buffer, count);
      Optional<BmpMessage> next = decoder.next(view);
      while (next.isPresent()) {
        messages.add(next.get());
        events.addAll(view.take(next.get(), Instant.EPOCH));
        next = decoder.next(view);
      }
    }
    return new Reading(messages, events, view, decoder.fault(), decoder.unread());
  }

  static int type(BmpMessage message) {
    return switch (message) {
      case BmpMessage.RouteMonitoring _ -> 0;
      case BmpMessage.StatisticsReport _ -> 1;
      case BmpMessage.PeerDown _ -> 2;
      case BmpMessage.PeerUp _ -> 3;
      case BmpMessage.Initiation _ -> 4;
      case BmpMessage.Termination _ -> 5;
      case BmpMessage.RouteMirroring _ -> 6;
      case BmpMessage.Unknown(int type) -> type;
      case BmpMessage.Damaged(int type, _, _) -> type;
    };
  }
}
