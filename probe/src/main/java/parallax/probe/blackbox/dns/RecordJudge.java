package parallax.probe.blackbox.dns;

import com.google.re2j.Pattern;
import java.util.List;
import org.xbill.DNS.Record;
import parallax.probe.blackbox.look.ProbeLog;
import parallax.probe.blackbox.module.DnsModule.Rules;

/** What the records of a section must and must not match. */
final class RecordJudge {
  private RecordJudge() {}

  static boolean judge(String section, List<Record> records, Rules rules, ProbeLog log) {
    boolean needed = !rules.fatalIfNot().isEmpty() || !rules.fatalIfNone().isEmpty();
    if (records.isEmpty() && needed) {
      log.error(section + " RRs validation failed", "err", "no RRs returned");
      return false;
    }
    boolean any = false;
    boolean all = true;
    for (Record record : records) {
      String text = RecordText.of(record);
      log.info("Validating RR", "rr", text);
      if (matchesAny(rules.fatalIfAny(), text)) {
        log.error("At least one RR matched regexp", "rr", text);
        return false;
      }
      if (!matchesAll(rules.fatalIfNot(), text)) {
        log.error("At least one RR did not match regexp", "rr", text);
        return false;
      }
      all &= matchesAll(rules.fatalIfAll(), text);
      any |= matchesAny(rules.fatalIfNone(), text);
    }
    if (!rules.fatalIfAll().isEmpty() && !all) {
      // The name says the opposite; the exporter fails here, and so do we.
      log.error("Not all RRs matched regexp", "section", section);
      return false;
    }
    if (!rules.fatalIfNone().isEmpty() && !any) {
      log.error("None of the RRs did matched any regexp", "section", section);
      return false;
    }
    return true;
  }

  private static boolean matchesAny(List<Pattern> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }

  private static boolean matchesAll(List<Pattern> patterns, String text) {
    return patterns.stream().allMatch(pattern -> pattern.matcher(text).find());
  }
}
