package parallax.coordinator.status.feed;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.json.Json;

/** A feed as JSON Feed 1.1. */
public final class JsonFeed {
  public static final String TYPE = "application/feed+json";

  private static final String VERSION = "https://jsonfeed.org/version/1.1";

  private JsonFeed() {}

  /** The document. */
  public static byte[] write(Feed feed) {
    return Json.object(
        json -> {
          json.text("version", VERSION).text("title", feed.title());
          Optional<URI> home = feed.home();
          if (home.isPresent()) {
            json.text("home_page_url", home.get().toASCIIString())
                .text("feed_url", home.get().resolve("feed.json").toASCIIString());
          }
          json.text("language", feed.language().tag())
              .items("authors", List.of(feed.author()), (author, name) -> author.text("name", name))
              .items("items", feed.items(), JsonFeed::item);
        });
  }

  private static void item(Json json, Feed.Item item) throws IOException {
    json.text("id", item.id())
        .text("title", item.title())
        .text("content_text", String.join("\n", item.lines()))
        .instant("date_published", item.published())
        .instant("date_modified", item.updated());
  }
}
