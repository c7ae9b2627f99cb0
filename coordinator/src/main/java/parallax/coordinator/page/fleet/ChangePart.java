package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.markup;

import java.net.URI;
import java.util.List;
import parallax.config.observation.Printable;
import parallax.config.target.Target;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.configuration.change.FieldChange;
import parallax.coordinator.configuration.change.TargetChange;
import parallax.coordinator.page.Html;
import parallax.coordinator.words.Say;

/** What one configuration changes of another, field by field; secrets are never in it. */
final class ChangePart {
  /** Of more targets or settings than this the further ones are counted. */
  static final int MAX_ROWS = 200;

  /** Longer values are cut, in UTF-16 code units. */
  static final int MAX_VALUE = 400;

  private final StringBuilder html;
  private final Say say;
  private int rows;
  private int left;

  private ChangePart(StringBuilder html, Say say) {
    this.say = say;
    this.html = html;
  }

  /** A table of it. */
  static void write(StringBuilder html, Change change, Say say) {
    html.append(
        "<p>"
            + say.html(
                "change.counts",
                change.added().size(),
                change.removed().size(),
                change.changed().size(),
                change.before().targets().size(),
                change.after().targets().size())
            + "</p>");
    if (change.isEmpty()) {
      return;
    }
    html.append(
        Html.table(say, say.of("change.fields"), "what", "which", "field", "before", "after"));
    ChangePart part = new ChangePart(html, say);
    for (Target target : change.removed()) {
      part.row("removed", target.name().value(), new FieldChange("url", url(target), ""));
    }
    for (Target target : change.added()) {
      part.row("added", target.name().value(), new FieldChange("url", "", url(target)));
    }
    for (TargetChange target : change.changed()) {
      for (FieldChange field : target.fields()) {
        part.row(target.isRename() ? "renamed" : "changed", target.before().name().value(), field);
      }
    }
    part.fields(change.receivers());
    part.fields(change.settings());
    html.append(
        "</tbody></table>" + (part.left > 0 ? "<p>" + say.html("more", part.left) + "</p>" : ""));
  }

  private void fields(List<FieldChange> fields) {
    fields.forEach(field -> row("changed", "", field));
  }

  private void row(String what, String which, FieldChange field) {
    if (rows == MAX_ROWS) {
      left++;
      return;
    }
    rows++;
    boolean secret = !field.before().isEmpty() && field.before().equals(field.after());
    String sign =
        switch (what) {
          case "removed" -> "\u2212 ";
          case "added" -> "+ ";
          default -> "~ ";
        };
    html.append(
            "<tr>"
                + markup(say, "what", sign + say.html("change." + what))
                + cell(say, "which", which))
        .append(cell(say, "field", field.field()))
        .append(cell(say, "before", secret ? say.of("change.secret") : value(field.before())))
        .append(
            cell(say, "after", secret ? say.of("change.other") : value(field.after())) + "</tr>\n");
  }

  private static String value(String text) {
    return Printable.bounded(text, MAX_VALUE);
  }

  private static String url(Target target) {
    return target.url().map(URI::toString).orElse("");
  }
}
