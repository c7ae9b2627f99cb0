package parallax.coordinator.api.people;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.policy.ApiToken.Role;
import parallax.config.target.Label;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.json.Json;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.report.ReportGate;
import parallax.coordinator.report.ReportTally;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.store.Reports;

/** "Down for me": what users report. Nothing is decided by it. */
public final class ReportsApi {
  private static final String PATH = "/api/v1/reports";
  private static final String TARGET = "target";
  private static final String REGION = "region";
  private static final String TEXT = "text";
  private static final int MAX_TARGET = 2_048;
  private static final int MAX_REGION = 64;

  private final Reports reports;
  private final Supplier<Configuration> configuration;
  private final ReportGate gate;

  public ReportsApi(Reports reports, Supplier<Configuration> configuration, ReportGate gate) {
    this.reports = reports;
    this.configuration = configuration;
    this.gate = gate;
  }

  public List<Deed> deeds() {
    return List.of(
        new Deed(
            "POST",
            PATH,
            Role.RESPONDER,
            this::take,
            () -> configuration.get().reports().isPublic()));
  }

  private Reply take(Wish wish) throws Request.Unusable {
    wish.only(List.of(TARGET, REGION, TEXT));
    String name = wish.needed(TARGET, MAX_TARGET);
    Optional<String> region = wish.text(REGION, MAX_REGION);
    if (region.isPresent() && !Label.isValid(region.get())) {
      throw new Request.Unusable("region must be the name of a region, such as tokyo");
    }
    String text = wish.text(TEXT, PlainText.MAX_LINE).orElse("");
    if (!TargetName.isValid(name) || configuration.get().target(new TargetName(name)).isEmpty()) {
      return Reply.problem(404, "no target of this name is configured");
    }
    TargetName target = new TargetName(name);
    Optional<Duration> wait = gate.ask(wish.network(), target);
    if (wait.isPresent()) {
      return Reply.problem(429, "this was reported from there already, or too much was")
          .with("Retry-After", Long.toString(wait.get().toSeconds() + 1));
    }
    UserReport report = new UserReport(target, wish.at(), region.map(Region::new), text);
    reports.report(report);
    return Reply.json(201, Json.object(json -> write(json, report)));
  }

  private static void write(Json json, UserReport report) throws IOException {
    json.text(TARGET, report.target().value())
        .instant("at", report.at())
        .text(REGION, report.region().map(Region::value))
        .text(TEXT, report.text());
  }

  /** The field {@code reports} of a target. */
  public static void tally(Json json, ReportTally tally) throws IOException {
    json.object(
        "reports",
        fields ->
            fields
                .number("last15Minutes", tally.recent())
                .number("lastDay", tally.day())
                .items("newest", tally.newest(), ReportsApi::write));
  }

  /**
   * The field {@code reports} of an incident: weak evidence, by which nothing was decided.
   *
   * @param about its targets while it lasted and shortly before, newest first
   */
  public static void about(Json json, Incident incident, List<UserReport> about, Instant now)
      throws IOException {
    int recent = ReportTally.recent(about, now);
    Optional<String> summary =
        incident.isOpen() && recent > 0 ? Optional.of(UserReport.words(recent)) : Optional.empty();
    json.object(
        "reports",
        fields ->
            fields
                .number("count", about.size())
                .text("summary", summary)
                .items(
                    "newest",
                    about.stream().limit(ReportTally.MAX_NEWEST).toList(),
                    ReportsApi::write));
  }
}
