package parallax.coordinator.uplink.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;

/**
 * The numbers of the observations of one frame, as runs without gaps. An ack names one run: a
 * longer range could name what came in another frame, too, and is not safe yet.
 */
record Numbers(List<Run> runs) {
  Numbers {
    runs = List.copyOf(runs);
  }

  /** Both included. */
  record Run(long first, long last) {}

  static Numbers of(ProbeFrame.Observations frame) {
    long[] sorted =
        LongStream.concat(
                frame.observations().stream().mapToLong(each -> each.id().sequence()),
                frame.passedOver().stream().mapToLong(ProbeFrame.PassedOver::sequence))
            .sorted()
            .toArray();
    List<Run> runs = new ArrayList<>();
    int begin = 0;
    for (int at = 1; at <= sorted.length; at++) {
      if (at == sorted.length || sorted[at] != sorted[at - 1] + 1) {
        runs.add(new Run(sorted[begin], sorted[at - 1]));
        begin = at;
      }
    }
    return new Numbers(sorted.length == 0 ? List.of() : runs);
  }

  List<CoordinatorFrame.Ack> acks(long boot) {
    return runs.stream()
        .map(run -> new CoordinatorFrame.Ack(boot, run.first(), run.last()))
        .toList();
  }
}
