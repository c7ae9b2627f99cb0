package parallax.coordinator.api.pages;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import parallax.config.Configuration;
import parallax.config.target.Target;
import parallax.coordinator.accounting.Accountant;
import parallax.coordinator.accounting.Month;
import parallax.coordinator.accounting.ReportFormat;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.page.LabelFilter;

/** What a month was like, to be saved: it has a style of its own, which pages here may not. */
final class MonthlyReports {
  static final String PATH = "/reports/";

  private final Pages.Ports ports;

  MonthlyReports(Pages.Ports ports) {
    this.ports = ports;
  }

  Reply make(Request request) throws Request.Unusable {
    Month month = month(request);
    ReportFormat format =
        request
            .word("format", ReportFormat.values(), ReportFormat::label)
            .orElse(ReportFormat.HTML);
    Configuration configuration = ports.overview().configuration().configuration();
    String text =
        format.write(
            new Accountant(ports.store())
                .report(month, configuration, wanted(request), ports.clock().instant()),
            request.visitor().language());
    String file = "parallax-" + month + "." + format.label();
    return new Reply(
        200,
        format.type(),
        Map.of("Content-Disposition", "attachment; filename=\"" + file + "\""),
        Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Month month(Request request) throws Request.Unusable {
    try {
      return Month.parse(
          Request.decodedPath(request.path().substring(PATH.length())),
          request.parameter("zone").orElse("UTC"));
    } catch (IllegalArgumentException e) {
      throw new Request.Unusable(Optional.ofNullable(e.getMessage()).orElse("no such month"));
    }
  }

  private static Predicate<Target> wanted(Request request) throws Request.Unusable {
    LabelFilter label = new LabelFilter(request.parameter("label").orElse(""));
    Optional<String> name = request.parameter("target");
    return target ->
        label.admits(target) && name.filter(it -> !it.equals(target.name().value())).isEmpty();
  }
}
