package parallax.coordinator.notify.hook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.letter.Letter;

/**
 * What a webhook is told of a letter, as docs/webhook.md has it: the members that every document
 * has, as far as a letter knows them, and the letter itself. Pure.
 */
public final class LetterDocument {
  private LetterDocument() {}

  /** A document that is made of the letter alone: for letters behind which stands no notice. */
  public static JsonObject of(Letter letter) {
    boolean over = letter.occasion().isEnd();
    JsonObject incident =
        new JsonObject()
            .put("id", letter.incident())
            .put("onset", letter.times().onset().toString());
    letter.times().resolved().ifPresent(end -> incident.put("resolved", end.toString()));
    JsonObject document =
        new JsonObject()
            .put("event", letter.occasion() == Letter.Occasion.TEST ? "test" : over ? "up" : "down")
            .put("key", letter.key())
            .put("summary", letter.headline());
    letter.members().stream().findFirst().ifPresent(first -> document.put("target", first));
    return document
        .put("targets", new JsonArray(letter.members()))
        .put("incident", incident)
        .put("letter", letter(letter));
  }

  /** The member {@code letter} of a document. */
  public static JsonObject letter(Letter letter) {
    JsonArray facts = new JsonArray();
    letter
        .facts()
        .forEach(
            fact -> facts.add(new JsonObject().put("name", fact.name()).put("text", fact.text())));
    JsonArray links = new JsonArray();
    letter
        .links()
        .forEach(
            link ->
                Line.target(link)
                    .ifPresent(
                        url ->
                            links.add(new JsonObject().put("text", link.words()).put("url", url))));
    JsonObject labels = new JsonObject();
    letter.labels().forEach(labels::put);
    return new JsonObject()
        .put("occasion", word(letter.occasion()))
        .put("number", letter.number())
        .put("grade", word(letter.grade()))
        .put("drill", letter.drill())
        .put("language", language(letter.language()))
        .put("headline", letter.headline())
        .put("facts", facts)
        .put("evidence", new JsonArray(letter.evidence()))
        .put("against", new JsonArray(letter.against()))
        .put("members", new JsonArray(letter.members()))
        .put("moreMembers", letter.moreMembers())
        .put("links", links)
        .put("labels", labels)
        .put("written", letter.times().written().toString());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** BCP 47. */
  private static String language(Letter.Language language) {
    return switch (language) {
      case ENGLISH -> "en";
      case JAPANESE -> "ja";
    };
  }
}
