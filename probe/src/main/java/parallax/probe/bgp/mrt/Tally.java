package parallax.probe.bgp.mrt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import parallax.probe.bgp.mrt.MrtSummary.Elements;
import parallax.probe.bgp.mrt.MrtSummary.Problem;
import parallax.probe.bgp.mrt.MrtSummary.RecordType;
import parallax.probe.bgp.route.RouteEvent;

/** Hands events on and counts what comes by. */
final class Tally implements Consumer<RouteEvent> {
  private static final int MAX_PROBLEMS = 100;

  /** More types than that are no MRT; their records are not counted by type. */
  private static final int MAX_TYPES = 1000;

  private final Consumer<RouteEvent> consumer;
  private final Map<RecordType, Long> records = new HashMap<>();

  /** The type of the record that came last, and how many of it are not among the others yet. */
  private RecordType recent = new RecordType(0, 0);

  private long recentCount;
  private final List<Problem> problems = new ArrayList<>();
  private long problemCount;
  private boolean damaged;
  private long announced;
  private long withdrawn;
  private long listed;
  private long stateChanges;
  private long endsOfTable;

  Tally(Consumer<RouteEvent> consumer) {
    this.consumer = consumer;
  }

  void record(int type, int subtype) {
    if (recent.type() != type || recent.subtype() != subtype) {
      countRecent();
      recent = new RecordType(type, subtype);
    }
    recentCount++;
  }

  private void countRecent() {
    boolean known = records.size() < MAX_TYPES || records.containsKey(recent);
    if (known && recentCount > 0) {
      records.merge(recent, recentCount, Long::sum);
    }
    recentCount = 0;
  }

  void problem(Problem problem) {
    problemCount++;
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem);
    }
  }

  /** A problem for which a part of the file is lost. */
  void damage(long offset, String reason) {
    damaged = true;
    problem(new Problem(offset, reason));
  }

  @Override
  public void accept(RouteEvent event) {
    switch (event) {
      case RouteEvent.Announced _ -> announced++;
      case RouteEvent.Withdrawn _ -> withdrawn++;
      case RouteEvent.Listed _ -> listed++;
      case RouteEvent.PeerUp _, RouteEvent.PeerDown _ -> stateChanges++;
      case RouteEvent.EndOfTable _ -> endsOfTable++;
    }
    consumer.accept(event);
  }

  MrtSummary summary() {
    countRecent();
    return new MrtSummary(
        new TreeMap<>(records),
        new Elements(announced, withdrawn, listed, stateChanges, endsOfTable),
        problems,
        problemCount,
        damaged);
  }
}
