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

/** What was done, by whom, and whether it is on record as it was written. */
public final class AuditPage {
  /** Rows on one page. */
  public static final int PAGE = 100;

  private static final int SHORT_HASH = 12;

  private final Frame frame;

  /**
   * That the record was read through.
   *
   * @param trail empty when it is too long to be read through for a page
   */
  public record Verified(Optional<AuditTrail> trail, Instant at) {}

  public AuditPage(Frame frame) {
    this.frame = frame;
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
    html.append("<h1>Audit log</h1><p class=\"note\">What was done, newest first. Rows are only ")
        .append("added, and each holds a hash of the one before it.</p>");
    verified(html, verified);
    form(html, filter);
    if (rows.items().isEmpty()) {
      html.append("<p>Nothing " + (further ? "more " : "") + "of that is on record.</p>");
    } else {
      table(html, rows);
    }
    rows.next().ifPresent(next -> html.append("<p>" + link(place(filter, next), "Older")));
    html.append(rows.next().isPresent() ? "</p>" : "");
    return frame.around(new Frame.About("Audit log", "/audit", false), html);
  }

  private static void verified(StringBuilder html, Verified verified) {
    String at = time(verified.at());
    if (verified.trail().isEmpty()) {
      html.append("<p><span class=\"unknown state\">not verified</span>: too long to be read ")
          .append("through for a page; <code>deploy/parallax audit-log verify</code> does it</p>");
      return;
    }
    switch (verified.trail().get()) {
      case AuditTrail.Unbroken(long rows, String head) ->
          html.append("<p><span class=\"up state\">unbroken</span>: " + rows + " rows follow ")
              .append("from each other, verified at " + at + "; the newest hash was <code>")
              .append(escaped(head) + "</code></p>");
      case AuditTrail.Broken(long row, String why) ->
          html.append("<p class=\"refused\" role=\"alert\"><span class=\"down state\">broken")
              .append("</span> at row " + row + ": " + escaped(why) + "; found at " + at + "</p>");
    }
  }

  private static void form(StringBuilder html, AuditEntry.Filter filter) {
    html.append("<form class=\"filter\" action=\"/audit\" method=\"get\" role=\"search\">")
        .append("<label>Who <input type=\"search\" name=\"who\" maxlength=\"")
        .append(AuditEntry.Filter.MAX_TEXT + "\" value=\"" + escaped(filter.who()))
        .append("\"></label><label>What <input type=\"search\" name=\"what\" maxlength=\"")
        .append(AuditEntry.Filter.MAX_TEXT + "\" value=\"" + escaped(filter.what()))
        .append("\"></label><button>Search</button></form>\n");
  }

  private static void table(StringBuilder html, Store.Page<AuditEntry.Row> rows) {
    html.append(Html.table("Newest first", "Row", "When", "Who", "What", "Detail", "Hash"));
    for (AuditEntry.Row row : rows.items()) {
      AuditEntry entry = row.entry();
      String hash = row.hash().substring(0, Math.min(SHORT_HASH, row.hash().length()));
      html.append("<tr>" + cell("Row", String.valueOf(row.number())))
          .append(markup("When", time(row.at())))
          .append(cell("Who", entry.who()) + cell("What", entry.action()))
          .append(cell("Detail", entry.detail()) + cell("Hash", hash) + "</tr>\n");
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
