package parallax.coordinator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parallax.coordinator.replay.judge.Judgement;
import parallax.coordinator.replay.judge.Mismatch;
import parallax.coordinator.replay.record.Recording;
import parallax.coordinator.replay.sample.Sample;

final class SummaryTest {
  @Test
  void countsWhatPassedAmongAllAndTakesPercentilesByNearestRank() {
    Mismatch mismatch = new Mismatch("a", Mismatch.Kind.OPENED, "opened", "nothing");
    List<Long> opened = LongStream.rangeClosed(1, 20).boxed().toList();
    Summary summary =
        Summary.of(
            List.of(
                replayed(new Judgement(List.of(), List.of(), opened.reversed())),
                replayed(new Judgement(List.of(), List.of(mismatch), List.of()))),
            1);
    assertThat(summary)
        .isEqualTo(new Summary(1, 3, 0, Optional.of(new Summary.OpenedAfter(10, 19)), 0.25));
    assertThat(TextReport.line(summary))
        .isEqualTo(
            "1 of 3 pass, 0 pages, opened after 0.01 s (p50), 0.019 s (p95), 25.0 % extra checks");
  }

  @Test
  void nothingReplayedIsSummedUpAsWell() {
    assertThat(Summary.of(List.of(), 0)).isEqualTo(new Summary(0, 0, 0, Optional.empty(), 0));
  }

  private static Replayed replayed(Judgement judgement) {
    Recording recording = new Recording(List.of(), new TreeMap<>(), 100, 25);
    return new Replayed(Sample.withEvents("[]"), 42, recording, judgement);
  }
}
