package parallax.coordinator.status.edition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import parallax.coordinator.status.badge.Badge;
import parallax.coordinator.status.feed.Atom;
import parallax.coordinator.status.feed.Feed;
import parallax.coordinator.status.feed.JsonFeed;
import parallax.coordinator.status.html.EmbedHtml;
import parallax.coordinator.status.html.StatusHtml;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.notice.NoticeJson;
import parallax.coordinator.status.notice.NoticeScript;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.view.Window;

/** One state of the public pages; each leaf is made when it is first asked for. Thread-safe. */
public final class Edition {
  private final StatusBoard board;
  private final ConcurrentMap<Leaf, Rendered> leaves = new ConcurrentHashMap<>();

  public Edition(StatusBoard board) {
    this.board = board;
  }

  public StatusBoard board() {
    return board;
  }

  /** A leaf that was made already. */
  Optional<Rendered> made(Leaf leaf) {
    return Optional.ofNullable(leaves.get(leaf));
  }

  /** A leaf; may take some milliseconds. */
  public Rendered leaf(Leaf leaf) {
    return made(leaf)
        .orElseGet(
            () -> {
              Rendered rendered = Rendered.of(leaf, bytes(leaf));
              leaves.putIfAbsent(leaf, rendered);
              return rendered;
            });
  }

  private byte[] bytes(Leaf leaf) {
    Texts texts = Texts.in(leaf.language());
    Optional<ServiceView> service = leaf.service().flatMap(board::service);
    return switch (leaf.kind()) {
      case PAGE -> utf8(StatusHtml.page(board, texts, false));
      case STRIP -> utf8(EmbedHtml.strip(board, service, texts));
      case ATOM -> utf8(Atom.write(Feed.of(board, texts)));
      case JSON_FEED -> JsonFeed.write(Feed.of(board, texts));
      case NOTICE ->
          NoticeJson.write(board, service.map(List::of).orElseGet(() -> board.services().toList()));
      case SCRIPT -> utf8(NoticeScript.TEXT);
      case BADGE -> utf8(badge(service, leaf.window(), texts));
      case NO_BADGE -> utf8(badge(Optional.empty(), Optional.empty(), texts));
      case EXPORT -> ExportJson.write(board);
    };
  }

  /** The badge of a service, or that there is none of this name. */
  static String badge(Optional<ServiceView> service, Optional<Window> window, Texts texts) {
    String tag = texts.language().tag();
    String unknown = texts.of("badge.unknown");
    if (service.isEmpty()) {
      return new Badge("status", unknown, Badge.Colour.NONE, tag).svg();
    }
    String name = service.get().name();
    if (window.isEmpty()) {
      var state = service.get().state();
      return new Badge(name, texts.of(state), Badge.Colour.of(state), tag).svg();
    }
    OptionalDouble uptime = service.get().uptime(window.get());
    String label = name + " " + window.get().label();
    return uptime.isPresent()
        ? new Badge(
                label,
                texts.of("badge.uptime", texts.percent(uptime)),
                Badge.Colour.of(uptime.getAsDouble()),
                tag)
            .svg()
        : new Badge(label, unknown, Badge.Colour.NONE, tag).svg();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
