package parallax.bench.core;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import parallax.coordinator.core.incident.Incident;

/**
 * How much heap the decision core holds for each (target, probe), beside the configuration that is
 * there anyway: by what is in use after garbage was collected, and by counting objects; both less
 * what there was before the core knew anything. {@code deploy/bench/core} runs it.
 */
public final class CoreMemoryMain {
  /** What survives one collection may go with the next. */
  private static final int COLLECTIONS = 3;

  private static final int BIGGEST = 10;

  /** A line of a class histogram: rank, instances, bytes, name. */
  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

  private CoreMemoryMain() {}

  private record Heap(long used, Map<String, Long> byClass) {
    static Heap now() throws JMException {
      for (int time = 0; time < COLLECTIONS; time++) {
        System.gc();
      }
      Runtime runtime = Runtime.getRuntime();
      long used = runtime.totalMemory() - runtime.freeMemory();
      Map<String, Long> byClass = new HashMap<>();
      for (String line : histogram().split("\n", -1)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          byClass.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
        }
      }
      return new Heap(used, byClass);
    }

    private static String histogram() throws JMException {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    }

    Heap minus(Heap before) {
      Map<String, Long> more = new HashMap<>(byClass);
      before.byClass.forEach((name, bytes) -> more.merge(name, -bytes, Long::sum));
      return new Heap(used - before.used, more);
    }

    long counted() {
      return byClass.values().stream().mapToLong(Long::longValue).sum();
    }

    List<Map.Entry<String, Long>> biggest() {
      return byClass.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
          .limit(BIGGEST)
          .toList();
    }
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws JMException {
    System.out.printf(
        "memory for each of %,d targets x %d probes, bytes%n", Feed.TARGETS, Feed.PROBES);
    for (World world : World.values()) {
      Load load = new Load();
      Heap before = Heap.now();
      load.settle(world);
      if (world.isCollapse()) {
        load.collapse();
        load.forgetWhatWas();
      }
      Heap heap = Heap.now().minus(before);
      print(world, heap, load);
      Reference.reachabilityFence(load);
    }
  }

  private static void print(World world, Heap heap, Load load) {
    List<Incident> open = load.state().openIncidents();
    System.out.printf(
        "%-32s %6.1f by heap, %6.1f by count; %d incidents open, of %d targets%n",
        world.title(),
        (double) heap.used() / Feed.ROUND,
        (double) heap.counted() / Feed.ROUND,
        open.size(),
        open.stream().mapToInt(incident -> incident.targets().size()).sum());
    for (Map.Entry<String, Long> each : heap.biggest()) {
      System.out.printf("  %8.1f  %s%n", (double) each.getValue() / Feed.ROUND, each.getKey());
    }
  }
}
