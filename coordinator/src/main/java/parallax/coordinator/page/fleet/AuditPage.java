package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.Store;
import parallax.coordinator.words.Say;

/** What was done, by whom, and whether it is on record as it was written. */
public final class AuditPage {
  /** Rows on one page. */
  public static final int PAGE = 100;

  private static final int SHORT_HASH = 12;

  private final Frame frame;
  private final Say say;

  /**
   * That the record was read through.
   *
   * @param trail empty when it is too long to be read through for a page
   */
  public record Verified(Optional<AuditTrail> trail, Instant at) {}

  public AuditPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  /**
   * The page, in HTML.
   *
   * @param further whether these are not the newest
   */
  public String render(
      AuditEntry.Filter filter,
      Store.Page<AuditEntry.Row> rows,
      boolean further,
      Verified verified) {
    StringBuilder html = new StringBuilder(16_384);
    html.append("<h1>" + say.html("audit.title") + "</h1><p class=\"note\">")
        .append(say.html("audit.note") + "</p>");
    verified(html, verified);
    form(html, filter);
    if (rows.items().isEmpty()) {
      html.append("<p>" + say.html(further ? "audit.noMore" : "audit.none") + "</p>");
    } else {
      table(html, rows);
    }
    rows.next()
        .ifPresent(next -> html.append("<p>" + link(place(filter, next), say.of("audit.older"))));
    html.append(rows.next().isPresent() ? "</p>" : "");
    return frame.around(new Frame.About(say.of("audit.title"), "/audit", false), html);
  }

  private void verified(StringBuilder html, Verified verified) {
    String at = time(verified.at());
    if (verified.trail().isEmpty()) {
      String word = "<span class=\"unknown state\">" + say.html("audit.unverified") + "</span>";
      String command = "<code>deploy/parallax audit-log verify</code>";
      html.append("<p>" + say.html("audit.tooLong", word, command) + "</p>");
      return;
    }
    switch (verified.trail().get()) {
      case AuditTrail.Unbroken(long rows, String head) ->
          html.append("<p>")
              .append(
                  say.html(
                      "audit.rows",
                      "<span class=\"up state\">" + say.html("audit.unbroken") + "</span>",
                      rows,
                      at,
                      "<code>" + escaped(head) + "</code>"))
              .append("</p>");
      case AuditTrail.Broken(long row, String why) ->
          html.append("<p class=\"refused\" role=\"alert\">")
              .append(
                  say.html(
                      "audit.row",
                      "<span class=\"down state\">" + say.html("audit.broken") + "</span>",
                      row,
                      escaped(say.known(why)),
                      at))
              .append("</p>");
    }
  }

  private void form(StringBuilder html, AuditEntry.Filter filter) {
    html.append("<form class=\"filter\" action=\"/audit\" method=\"get\" role=\"search\">")
        .append(
            "<label>"
                + say.html("column.who")
                + " <input type=\"search\" name=\"who\" maxlength=\"")
        .append(AuditEntry.Filter.MAX_TEXT + "\" value=\"" + escaped(filter.who()))
        .append(
            "\"></label><label>"
                + say.html("column.what")
                + " <input type=\"search\" name=\"what\" maxlength=\"")
        .append(AuditEntry.Filter.MAX_TEXT + "\" value=\"" + escaped(filter.what()))
        .append("\"></label><button>" + say.html("form.search") + "</button></form>\n");
  }

  private void table(StringBuilder html, Store.Page<AuditEntry.Row> rows) {
    html.append(
        Html.table(say, say.of("audit.newest"), "row", "when", "who", "what", "detail", "hash"));
    for (AuditEntry.Row row : rows.items()) {
      AuditEntry entry = row.entry();
      String hash = row.hash().substring(0, Math.min(SHORT_HASH, row.hash().length()));
      html.append("<tr>" + cell(say, "row", String.valueOf(row.number())))
          .append(markup(say, "when", time(row.at())))
          .append(cell(say, "who", entry.who()) + cell(say, "what", entry.action()))
          .append(cell(say, "detail", entry.detail()) + cell(say, "hash", hash) + "</tr>\n");
    }
    html.append("</tbody></table>");
  }

  private static String place(AuditEntry.Filter filter, String next) {
    return "/audit?"
        + (filter.who().isEmpty() ? "" : "who=" + encoded(filter.who()) + "&")
        + (filter.what().isEmpty() ? "" : "what=" + encoded(filter.what()) + "&")
        + "after="
        + encoded(next);
  }
}
