package parallax.bench.compare.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import parallax.bench.compare.run.Alarm;
import parallax.bench.compare.run.Asking;
import parallax.bench.compare.run.Listener;
import parallax.bench.compare.run.Look;
import parallax.bench.compare.run.World;
import parallax.coordinator.core.verdict.Scope;

/** A rule at work: while a target is held to be down, there is an alarm, told at once. */
public final class RuleListener implements Listener {
  private final List<Rule> rules;
  private final long[] downSince;
  private final List<Alarm> alarms = new ArrayList<>();

  public RuleListener(Baseline baseline, World world) {
    this.rules =
        Stream.generate(() -> baseline.begin(world.vantages()))
            .limit(world.targets().size())
            .toList();
    this.downSince = new long[rules.size()];
    Arrays.fill(downSince, Alarm.NEVER);
  }

  @Override
  public void seen(Look look, long now, Asking asking) {
    int target = look.target();
    boolean down =
        rules
            .get(target)
            .seen(
                look.probe(),
                look.answer().failed(),
                look.isAsked(),
                probe -> asking.ask(probe, target, look.check(), 0));
    if (down && downSince[target] == Alarm.NEVER) {
      downSince[target] = now;
    } else if (!down && downSince[target] != Alarm.NEVER) {
      alarms.add(alarm(target, now));
      downSince[target] = Alarm.NEVER;
    }
  }

  @Override
  public List<Alarm> alarms() {
    List<Alarm> all = new ArrayList<>(alarms);
    for (int target = 0; target < downSince.length; target++) {
      if (downSince[target] != Alarm.NEVER) {
        all.add(alarm(target, Alarm.NEVER));
      }
    }
    return all;
  }

  private Alarm alarm(int target, long resolved) {
    long opened = downSince[target];
    Alarm.Label label = new Alarm.Label(opened, Scope.GLOBAL, List.of(), "");
    return new Alarm(List.of(target), opened, opened, resolved, List.of(label));
  }
}
