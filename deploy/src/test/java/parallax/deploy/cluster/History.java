package parallax.deploy.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.deploy.cluster.MemberLab.Member;

/** What members said, put together. */
final class History {
  private final List<Member> members;

  History(List<Member> members) {
    this.members = members;
  }

  /** Observations that were called safe. */
  SortedSet<String> safe() {
    SortedSet<String> ids = new TreeSet<>();
    for (Member member : members) {
      for (String line : member.lines("safe")) {
        String[] parts = line.split(" ")[2].split(":");
        long first = Long.parseLong(parts[2]);
        for (long sequence = first; sequence < first + MemberMain.BATCH; sequence++) {
          ids.add(parts[0] + ":" + parts[1] + ":" + sequence);
        }
      }
    }
    return ids;
  }

  /** How many batches were to be kept, by why. */
  Map<String, Long> kept() {
    Map<String, Long> counts = new TreeMap<>();
    members.forEach(
        member ->
            member.lines("keep").forEach(line -> counts.merge(line.split(" ")[2], 1L, Long::sum)));
    return counts;
  }

  /** The longest that anybody waited for a receipt, in milliseconds. */
  long slowestReceipt() {
    return members.stream()
        .flatMap(
            member -> {
              List<String> lines = new ArrayList<>(member.lines("safe"));
              lines.addAll(member.lines("keep"));
              return lines.stream();
            })
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .max()
        .orElse(0);
  }

  /** How often the leader of a term read each observation, held or in the journal. */
  Map<String, Integer> read(long term) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Member member : members) {
      for (String line : member.lines("read")) {
        String[] words = line.split(" ");
        if (Long.parseLong(words[2]) == term) {
          for (int index = 4; index < words.length; index++) {
            counts.merge(words[index], 1, Integer::sum);
          }
        }
      }
    }
    return counts;
  }

  /** The newest term in which somebody has read all that there was. */
  OptionalLong lastCaughtUp() {
    return members.stream()
        .flatMap(member -> member.lines("caughtUp").stream())
        .mapToLong(line -> Long.parseLong(line.split(" ")[2]))
        .max();
  }

  /**
   * Samples in which the leader of a term thought that it leads after one of a later term did, by
   * the clock that all processes share.
   */
  long overlaps() {
    TreeMap<Long, Long> firsts = new TreeMap<>();
    List<long[]> samples = new ArrayList<>();
    for (Member member : members) {
      for (String line : member.lines("leads")) {
        String[] words = line.split(" ");
        long at = Long.parseLong(words[0]);
        long term = Long.parseLong(words[2]);
        firsts.merge(term, at, Math::min);
        samples.add(new long[] {at, term});
      }
    }
    return samples.stream()
        .filter(
            sample ->
                firsts.tailMap(sample[1], false).values().stream().anyMatch(at -> at < sample[0]))
        .count();
  }

  /** When a member said a line with this word last, in nanoseconds; 0 when it never did. */
  static long last(Member member, String word) {
    List<String> lines = member.lines(word);
    return lines.isEmpty() ? 0 : Long.parseLong(lines.getLast().split(" ")[0]);
  }
}
