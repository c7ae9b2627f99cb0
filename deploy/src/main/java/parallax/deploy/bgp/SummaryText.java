package parallax.deploy.bgp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parallax.probe.bgp.mrt.MrtSummary;
import parallax.probe.bgp.mrt.MrtSummary.Elements;
import parallax.probe.bgp.mrt.MrtSummary.RecordType;

/** What was in a file, as lines for people. */
final class SummaryText {
  /** Names of RFC 6396 and RFC 8050 by subtype; those that are not read are marked so. */
  private static final List<String> TABLES =
      List.of(
          "",
          "PEER_INDEX_TABLE",
          "RIB_IPV4_UNICAST",
          "RIB_IPV4_MULTICAST, skipped",
          "RIB_IPV6_UNICAST",
          "RIB_IPV6_MULTICAST, skipped",
          "RIB_GENERIC, skipped",
          "GEO_PEER_TABLE, skipped",
          "RIB_IPV4_UNICAST_ADDPATH",
          "RIB_IPV4_MULTICAST_ADDPATH, skipped",
          "RIB_IPV6_UNICAST_ADDPATH",
          "RIB_IPV6_MULTICAST_ADDPATH, skipped",
          "RIB_GENERIC_ADDPATH, skipped");

  private static final List<String> MESSAGES =
      List.of(
          "STATE_CHANGE",
          "MESSAGE",
          "ENTRY, skipped",
          "SNAPSHOT, skipped",
          "MESSAGE_AS4",
          "STATE_CHANGE_AS4",
          "MESSAGE_LOCAL",
          "MESSAGE_AS4_LOCAL",
          "MESSAGE_ADDPATH",
          "MESSAGE_AS4_ADDPATH",
          "MESSAGE_LOCAL_ADDPATH",
          "MESSAGE_AS4_LOCAL_ADDPATH");

  private SummaryText() {}

  static List<String> of(MrtSummary summary) {
    List<String> lines = new ArrayList<>();
    long records = summary.records().values().stream().mapToLong(Long::longValue).sum();
    lines.add("records " + records);
    summary.records().forEach((type, count) -> lines.add(line(type + " " + name(type), count)));
    Elements elements = summary.elements();
    lines.add("elements " + elements.total());
    lines.add(line("A announce", elements.announced()));
    lines.add(line("W withdraw", elements.withdrawn()));
    lines.add(line("R RIB entry", elements.listed()));
    lines.add(line("S state change", elements.stateChanges()));
    lines.add("ends of tables " + elements.endsOfTable());
    lines.add("problems " + summary.problemCount());
    return lines;
  }

  private static String line(String name, long count) {
    return String.format(Locale.ROOT, "  %-46s %12d", name, count);
  }

  private static String name(RecordType type) {
    return switch (type.type()) {
      case 5 -> "BGP" + (type.subtype() == 1 || type.subtype() == 3 ? "" : ", skipped");
      case 12 -> "TABLE_DUMP";
      case 13 -> "TABLE_DUMP_V2 " + named(TABLES, type.subtype());
      case 16 -> "BGP4MP " + named(MESSAGES, type.subtype());
      case 17 -> "BGP4MP_ET " + named(MESSAGES, type.subtype());
      default -> "skipped";
    };
  }

  private static String named(List<String> names, int subtype) {
    return subtype < names.size() ? names.get(subtype) : "skipped";
  }
}
