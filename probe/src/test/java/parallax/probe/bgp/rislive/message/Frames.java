package parallax.probe.bgp.rislive.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Heard;
import parallax.probe.bgp.route.RouteEvent;

/** Frames that were caught, and those that tell the scenarios. */
public final class Frames {
  public static final List<String> SCENARIOS =
      List.of("facebook-20211004", "youtube-20080224", "collector-reset");

  private Frames() {}

  /** One of every kind, as the service sent them in 2019. */
  public static List<String> of2019() {
    try (InputStream in = open("ris-live-2019.ndjson")) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<String> scenario(String name) {
    try (InputStream in = new GZIPInputStream(open(name + ".rislive.ndjson.gz"))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> all() {
    return Stream.concat(
            of2019().stream(), SCENARIOS.stream().flatMap(name -> scenario(name).stream()))
        .toList();
  }

  /** What they tell of routes. */
  public static List<RouteEvent> events(List<String> frames) {
    return frames.stream()
        .map(RisLiveReader::read)
        .flatMap(read -> read instanceof Heard heard ? heard.events().stream() : Stream.of())
        .toList();
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        Frames.class.getResourceAsStream("/parallax/probe/bgp/rislive/" + name), name);
  }
}
