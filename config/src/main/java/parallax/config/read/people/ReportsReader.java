package parallax.config.read.people;

import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.report.ReportRules;

/** What stands under {@code reports}. */
public final class ReportsReader {
  private static final Field<Boolean> PUBLIC =
      Field.optional(
          "public",
          PolicyKinds.truth(),
          "Whether anybody who reaches the API may report, without a token. Left out: false.");

  public static final Kind<ReportRules> KIND =
      Kinds.fields(
          Shape.of("reports", "Who may report that something is down for them.", PUBLIC),
          (values, _, _) -> values.get(PUBLIC).map(ReportRules::new));

  private ReportsReader() {}
}
