package parallax.bench.checks;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a check of each kind costs, ours and those of the peers in turn within each round, so that
 * what else the machine does falls on all of them alike. Started by {@code deploy/bench/checks}.
 */
public final class ChecksMain {
  private static final int WINDOW = 16;

  private ChecksMain() {}

  /**
   * The list of works, the certificate of their authority, how many rounds, then the peers: a name,
   * the number of its process and its address, each.
   */
  public static void main(String[] arguments) throws Exception {
    List<Work> works = Work.list(Path.of(arguments[0]));
    int rounds = Integer.parseInt(arguments[2]);
    List<String> names = new ArrayList<>();
    List<Asked> peers = new ArrayList<>();
    for (int i = 3; i + 2 < arguments.length; i += 3) {
      names.add(arguments[i]);
      peers.add(new Asked(Long.parseLong(arguments[i + 1]), URI.create(arguments[i + 2])));
    }
    System.out.println("work\twho\tcpu_ms\tper_second\tfailed\tof\ttimes_ours");
    try (Ours ours = new Ours(Path.of(arguments[1]))) {
      for (Work work : works) {
        List<Cost> own = new ArrayList<>();
        List<List<Cost>> theirs =
            peers.stream().map(_ -> (List<Cost>) new ArrayList<Cost>()).toList();
        // Not counted: a probe has been running for long when what it costs matters.
        ours.measure(work, WINDOW);
        for (int round = 0; round < rounds; round++) {
          own.add(ours.measure(work, WINDOW));
          for (int peer = 0; peer < peers.size(); peer++) {
            theirs.get(peer).add(peers.get(peer).measure(work, WINDOW));
          }
        }
        Cost mine = Cost.median(own);
        print(work, "parallax", mine, mine);
        for (int peer = 0; peer < peers.size(); peer++) {
          print(work, names.get(peer), Cost.median(theirs.get(peer)), mine);
        }
        ours.firstFailure(work).ifPresent(what -> System.err.println(work.name() + ": " + what));
      }
    }
  }

  private static void print(Work work, String who, Cost cost, Cost mine) {
    System.out.printf(
        Locale.ROOT,
        "%s\t%s\t%.4f\t%.0f\t%d\t%d\t%.2f%n",
        work.name(),
        who,
        cost.millis(),
        cost.rate(),
        cost.failed(),
        work.count(),
        cost.millis() / mine.millis());
  }
}
