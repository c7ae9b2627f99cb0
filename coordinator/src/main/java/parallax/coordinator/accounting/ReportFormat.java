package parallax.coordinator.accounting;

import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** How a report is written. */
public enum ReportFormat {
  HTML("html", "text/html; charset=utf-8"),
  CSV("csv", "text/csv; charset=utf-8; header=present"),
  JSON("json", "application/x-ndjson");

  private final String label;
  private final String type;

  ReportFormat(String label, String type) {
    this.label = label;
    this.type = type;
  }

  /** The word for it, which is the ending of its files as well. */
  public String label() {
    return label;
  }

  /** The media type. */
  public String type() {
    return type;
  }

  /**
   * A report in this form.
   *
   * @param language of what is for people; what is for machines is in English
   */
  public String write(MonthlyReport report, Language language) {
    return switch (this) {
      case HTML -> new ReportHtml(report, Say.in(language)).write();
      case CSV -> ReportCsv.of(report);
      case JSON -> ReportJson.of(report);
    };
  }
}
