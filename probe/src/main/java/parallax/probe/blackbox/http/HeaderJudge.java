package parallax.probe.blackbox.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import parallax.probe.blackbox.look.ProbeLog;
import parallax.probe.blackbox.module.HttpModule.HeaderRule;
import parallax.probe.blackbox.module.HttpModule.HeaderRules;

/** What header fields must not, and must, look like. */
final class HeaderJudge {
  private HeaderJudge() {}

  static boolean judge(HttpHeaders headers, HeaderRules rules, ProbeLog log) {
    for (HeaderRule rule : rules.fatal()) {
      List<String> values = headers.getAll(rule.header());
      if (isMissing(values, rule, log)) {
        return false;
      }
      if (values.stream().anyMatch(value -> rule.pattern().matcher(value).find())) {
        log.error("Header matched regular expression", "header", rule.header());
        return false;
      }
    }
    for (HeaderRule rule : rules.needed()) {
      List<String> values = headers.getAll(rule.header());
      if (isMissing(values, rule, log)) {
        return false;
      }
      boolean matched = values.stream().anyMatch(value -> rule.pattern().matcher(value).find());
      if (!values.isEmpty() && !matched) {
        log.error("Header did not match regular expression", "header", rule.header());
        return false;
      }
    }
    return true;
  }

  private static boolean isMissing(List<String> values, HeaderRule rule, ProbeLog log) {
    boolean missing = values.isEmpty() && !rule.mayBeMissing();
    if (missing) {
      log.error("Missing required header", "header", rule.header());
    }
    return missing;
  }
}
