package parallax.coordinator.notify.slack;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.notify.carrier.Picture;
import parallax.coordinator.notify.slack.SlackHttp.Answer;
import parallax.coordinator.notify.slack.SlackHttp.Content;

/**
 * Adds pictures to threads, as files: {@code files.getUploadURLExternal}, the upload, {@code
 * files.completeUploadExternal}. It takes the scope {@code files:write}; of an app without it
 * nothing is asked again. A picture is tried once, behind the letter that it belongs to, which has
 * arrived by then whatever becomes of it.
 */
final class SlackPictures {
  /** For each of the three calls. */
  static final Duration FOR_ONE = Duration.ofSeconds(2);

  private static final String NAME = "timeline.png";
  private static final String ASK = "/files.getUploadURLExternal";
  private static final String COMPLETE = "/files.completeUploadExternal";

  /** Where Slack has files uploaded to. */
  private static final String SLACK = ".slack.com";

  private static final String NO_SCOPE = "missing_scope";
  private static final Logger LOG = LoggerFactory.getLogger(SlackPictures.class);

  private final SlackHttp http;
  private final String userAgent;
  private final AtomicBoolean refused = new AtomicBoolean();

  SlackPictures(SlackHttp http, String userAgent) {
    this.http = http;
    this.userAgent = userAgent;
  }

  /** Whether it is of use to draw one. */
  boolean areWanted() {
    return !refused.get();
  }

  /** Adds a picture to a thread; tells whether it is there. */
  boolean add(SlackSettings.Bot bot, SlackThread thread, Picture picture, String title) {
    byte[] png = picture.png();
    Optional<JsonObject> place =
        said(call(bot, ASK, Content.form("filename=" + NAME + "&length=" + png.length)));
    Optional<String> to = place.flatMap(known -> text(known, "upload_url"));
    Optional<String> file = place.flatMap(known -> text(known, "file_id"));
    if (to.isEmpty() || file.isEmpty() || !isTheirs(bot, to.get())) {
      return false;
    }
    Answer uploaded = http.post(to.get(), headers(), new Content("image/png", png), FOR_ONE);
    if (!(uploaded instanceof Answer.Got got) || got.status() != 200) {
      return false;
    }
    JsonObject what =
        new JsonObject()
            .put("channel_id", thread.channel())
            .put("thread_ts", thread.ts())
            .put(
                "files",
                new JsonArray().add(new JsonObject().put("id", file.get()).put("title", title)));
    return said(call(bot, COMPLETE, Content.json(what))).isPresent();
  }

  /** What is uploaded goes to Slack, or to the proxy that stands for it, and nowhere else. */
  private static boolean isTheirs(SlackSettings.Bot bot, String address) {
    try {
      URI to = URI.create(address);
      String host = Optional.ofNullable(to.getHost()).orElse("").toLowerCase(Locale.ROOT);
      boolean slack = "https".equals(to.getScheme()) && host.endsWith(SLACK);
      boolean proxy =
          bot.api().getScheme().equals(to.getScheme())
              && host.equals(bot.api().getHost())
              && to.getPort() == bot.api().getPort();
      return slack || proxy;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Answer call(SlackSettings.Bot bot, String method, Content content) {
    SortedMap<String, String> headers = headers();
    headers.put("Authorization", "Bearer " + bot.token().reveal());
    return http.post(bot.api() + method, headers, content, FOR_ONE);
  }

  private SortedMap<String, String> headers() {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("User-Agent", userAgent);
    return headers;
  }

  /** What was said with a yes. */
  private Optional<JsonObject> said(Answer answer) {
    if (!(answer instanceof Answer.Got got) || got.status() != 200) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(got.body());
      if (NO_SCOPE.equals(json.getValue("error")) && !refused.getAndSet(true)) {
        LOG.info("slack=pictures sent=false why=\"the app has no scope files:write\"");
      }
      return Optional.of(json).filter(known -> Boolean.TRUE.equals(known.getValue("ok")));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
