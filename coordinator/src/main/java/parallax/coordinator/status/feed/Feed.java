package parallax.coordinator.status.feed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parallax.coordinator.status.model.PublicIncident;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.words.Language;

/**
 * What a feed tells, in whatever form.
 *
 * @param id a URN that tells this feed from others; it never changes
 * @param author whose feed it is
 * @param home where more is to be seen
 * @param updated when the newest item changed, or what the feed began with where there is none
 * @param items the one that changed last first
 */
public record Feed(
    String id,
    String title,
    String author,
    Language language,
    Optional<URI> home,
    Instant updated,
    List<Item> items) {
  /** Before this nothing is told; the time of a feed without items. */
  private static final Instant NEVER = Instant.EPOCH;

  /**
   * An incident.
   *
   * @param id a URN; the same for as long as the incident is told
   * @param lines what happened, in words, the oldest first
   */
  public record Item(
      String id, String title, Instant published, Instant updated, List<String> lines) {
    public Item {
      published = published.truncatedTo(ChronoUnit.SECONDS);
      updated = updated.truncatedTo(ChronoUnit.SECONDS);
      lines = List.copyOf(lines);
    }
  }

  public Feed {
    items =
        items.stream()
            .sorted(Comparator.comparing(Item::updated).reversed().thenComparing(Item::id))
            .toList();
    updated = updated.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A feed of these items. */
  public static Feed of(
      String title, String author, Language language, Optional<URI> home, List<Item> items) {
    Instant newest = items.stream().map(Item::updated).max(Comparator.naturalOrder()).orElse(NEVER);
    String id = urn("feed " + author + " " + title);
    return new Feed(id, title, author, language, home, newest, items);
  }

  /** What the public is told. */
  public static Feed of(StatusBoard board, Texts texts) {
    return of(
        texts.of("feed.title", board.title()),
        board.title(),
        texts.language(),
        board.url(),
        board.incidents().stream().map(incident -> item(incident, texts)).toList());
  }

  private static Item item(PublicIncident incident, Texts texts) {
    List<String> lines = new ArrayList<>();
    lines.add(texts.of("feed.began", texts.of(incident.began())));
    incident.updates().forEach(update -> lines.add(texts.of(update.at()) + ": " + update.text()));
    incident
        .ended()
        .ifPresent(
            end -> {
              Duration lasted = Duration.between(incident.began(), end);
              lines.add(texts.of("feed.over", texts.of(end), texts.of(lasted)));
            });
    return new Item(
        urn("incident " + incident.id()),
        texts.headline(incident),
        incident.began(),
        incident.updated(),
        lines);
  }

  /** A name that is the same for the same text (RFC 9562 section 5.3). */
  public static String urn(String of) {
    return "urn:uuid:"
        + UUID.nameUUIDFromBytes(("parallax " + of).getBytes(StandardCharsets.UTF_8));
  }
}
