package parallax.coordinator.status.edition;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.json.Json;
import parallax.coordinator.status.feed.Atom;
import parallax.coordinator.status.feed.Feed;
import parallax.coordinator.status.feed.JsonFeed;
import parallax.coordinator.status.html.StatusHtml;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.notice.NoticeJson;
import parallax.coordinator.status.notice.NoticeScript;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.view.Window;
import parallax.coordinator.words.Language;

/** All public files of one state in one document, to be laid somewhere else. */
final class ExportJson {
  private ExportJson() {}

  /** The document: when it was so, and the files by name, pages last. */
  static byte[] write(StatusBoard board) {
    Map<String, String> files = files(board);
    return Json.object(
        json ->
            json.instant("at", board.at())
                .number("services", board.services().count())
                .items(
                    "files",
                    files.entrySet(),
                    (file, each) ->
                        file.text("name", each.getKey()).text("body", each.getValue())));
  }

  private static Map<String, String> files(StatusBoard board) {
    Map<String, String> files = new LinkedHashMap<>();
    Texts english = Texts.in(Language.EN);
    Feed feed = Feed.of(board, english);
    for (ServiceView service : board.services().toList()) {
      String name = "badge/" + service.name();
      files.put(name + ".svg", Edition.badge(Optional.of(service), Optional.empty(), english));
      files.put(
          "badge/30d/" + service.name() + ".svg",
          Edition.badge(Optional.of(service), Optional.of(Window.MONTH), english));
    }
    files.put("feed.atom", Atom.write(feed));
    files.put("feed.json", utf8(JsonFeed.write(feed)));
    files.put("notice.json", utf8(NoticeJson.write(board, board.services().toList())));
    files.put("notice.js", NoticeScript.TEXT);
    for (Language language : Language.values()) {
      files.put(StatusHtml.file(language), StatusHtml.page(board, Texts.in(language), true));
    }
    return files;
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
