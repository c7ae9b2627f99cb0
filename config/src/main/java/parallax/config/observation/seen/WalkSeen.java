package parallax.config.observation.seen;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.text.PrintableText;

/**
 * The way from the root to a zone, as far as it is shown.
 *
 * @param zone that was looked for, as text, with the last dot
 * @param steps from the root downwards, at most {@link #MAX_STEPS}
 * @param fault what is wrong on the way, in words, at most {@link #MAX_FAULT} characters
 * @param queries how many questions were asked
 */
public record WalkSeen(String zone, List<Step> steps, Optional<String> fault, int queries) {
  /** Further steps are left out. */
  public static final int MAX_STEPS = 10;

  /** More servers of one step than this are counted. */
  public static final int MAX_SERVERS = 8;

  /** Longer texts are cut, in UTF-16 code units. */
  public static final int MAX_TEXT = 120;

  /** Longer faults are cut, in UTF-16 code units. */
  public static final int MAX_FAULT = 300;

  public WalkSeen {
    zone = PrintableText.bounded(zone, MAX_TEXT);
    steps = steps.stream().limit(MAX_STEPS).toList();
    fault = fault.map(text -> PrintableText.bounded(text, MAX_FAULT));
  }

  /** How a server took a question. */
  public enum Answer {
    /** As one that serves the zone. */
    SERVES,
    /** Not at all, or as one that does not serve the zone. */
    FAILS,
    /** It was not asked: says nothing about it. */
    NOT_ASKED
  }

  /**
   * The servers of one zone, all asked the same.
   *
   * @param servers those that fail first, at most {@link #MAX_SERVERS}
   * @param more how many there are beyond these
   */
  public record Step(String zone, List<Server> servers, int more) {
    public Step {
      zone = PrintableText.bounded(zone, MAX_TEXT);
      more = Math.max(0, more) + Math.max(0, servers.size() - MAX_SERVERS);
      servers = servers.stream().limit(MAX_SERVERS).toList();
    }

    /** Whether servers were asked and none of those that are shown serves the zone. */
    public boolean breaks() {
      return servers.stream().noneMatch(server -> server.answer() == Answer.SERVES)
          && servers.stream().anyMatch(server -> server.answer() == Answer.FAILS);
    }
  }

  /**
   * One address of a name server.
   *
   * @param address empty where its name has none
   * @param said in words
   * @param took the round trip, or how long was waited; zero when it was not asked
   */
  public record Server(String name, String address, Answer answer, String said, Duration took) {
    public Server {
      name = PrintableText.bounded(name, MAX_TEXT);
      address = PrintableText.bounded(address, MAX_TEXT);
      said = PrintableText.bounded(said, MAX_TEXT);
    }
  }

  /** The same without times and counts: equal for two walks that found the same. */
  public WalkSeen shape() {
    return new WalkSeen(
        zone,
        steps.stream()
            .map(
                step ->
                    new Step(
                        step.zone(),
                        step.servers().stream()
                            .map(
                                each ->
                                    new Server(
                                        each.name(),
                                        each.address(),
                                        each.answer(),
                                        each.said(),
                                        Duration.ZERO))
                            .toList(),
                        step.more()))
            .toList(),
        fault,
        0);
  }
}
