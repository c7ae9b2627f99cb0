package parallax.probe.bgp.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.net.Cidr;

/**
 * The announcements of the detection cases of ARTEMIS (FORTH-ICS-INSPIRE/artemis, {@code
 * testing/detection}, BSD-3-Clause), with one peer enough, where both rule sets answer the same
 * question: types {@code E|0} and {@code S|0}, and legitimate updates.
 *
 * <p>They differ in these. {@code E|1}, {@code S|1} (as_range_tests, multirule_prefix, test_VD,
 * part of wildcard_checks): there neighbours are configured, here they are learned, and a new one
 * is told when it stays. {@code E|-|-|L}: a leak by no-export, not judged here. {@code S|-}
 * (test_IL, single_sub_unknown with its configured origin): there any part that is not configured
 * is a hijack, here one by its owner is none. implicit_withdrawal_subprefix: there a part announced
 * by the same peer withdraws the whole, here both stand. withdrawn_inorder: there the end comes
 * when two of three have withdrawn, here when four of five have, for three minutes.
 * out_of_order_withdraw_same_peer: there times decide, here the order of the source does.
 * autoignore: silence by configuration, not a matter of detection.
 */
final class DetectionCasesTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");

  private static final VisibilitySettings ONE_IS_ENOUGH =
      new VisibilitySettings(
          VisibilitySettings.ReachLimits.DEFAULT,
          new VisibilitySettings.SourceLimits(
              0,
              Duration.ZERO,
              Duration.ofDays(1),
              Duration.ofMinutes(1),
              0.8,
              Duration.ofSeconds(5),
              3,
              0.3),
          new VisibilitySettings.OriginLimits(
              1, 1, Duration.ofDays(7), Duration.ofMinutes(2), 0.2));

  @ParameterizedTest(name = "{0}: {3} by {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          as_range_tests         | 10.0.6.0/24           | 308        | 10.0.6.0/24           | 4 3 325 308   | none
          as_range_tests         | 10.0.6.0/24           | 300        | 10.0.6.0/24           | 4 3 330 300   | none
          community_annotation   | 10.0.20.0/24          | 1          | 10.0.20.0/24          | 8 3 2 1 100   | 100
          community_annotation   | 10.0.20.0/24          | 1          | 10.0.20.0/24          | 9 3 2 1 200   | 200
          community_annotation   | 10.0.20.0/24          | 1          | 10.0.20.0/24          | 11 6 5 4 300  | 300
          mult_exact_type0       | 10.0.0.0/8            | 1          | 10.0.0.0/8            | 8 3 2 1 100   | 100
          mult_exact_type0       | 10.0.0.0/8            | 1          | 10.0.0.0/8            | 80 30 20 10 100 | 100
          mult_exact_type0       | 2001:db8:abcd:11::/64 | 1          | 2001:db8:abcd:11::/64 | 8 3 2 1 200   | 200
          multirule_prefix       | 10.0.40.0/24          | 1000       | 10.0.40.0/24          | 4 3 1001 1000 | none
          multirule_prefix       | 10.0.40.0/24          | 1000       | 10.0.40.0/24          | 5 1003 1000   | none
          rfc2622                | 10.10.1.0/24          | 1          | 10.10.1.0/24          | 4 3 2 200     | 200
          rfc2622                | 10.11.1.0/24          | 1          | 10.11.1.0/24          | 5 3 2 201     | 201
          rfc2622                | 10.12.1.0/24          | 1          | 10.12.1.0/24          | 6 3 2 202     | 202
          rfc2622                | 10.13.1.0/24          | 1          | 10.13.1.0/24          | 7 3 2 203     | 203
          simple_exact_type0     | 10.0.0.0/8            | 1          | 10.0.0.0/8            | 8 3 2 1 100   | 100
          simple_sub_type0       | 10.0.0.0/8            | 1          | 10.128.0.0/16         | 4 3 2 100     | 100
          simple_sub_type0       | 2001:db8:abcd:12::/64 | 1          | 2001:db8:abcd:12::/80 | 4 3 2 200     | 200
          wildcard_checks        | 10.0.2.0/24           | 1          | 10.0.2.0/25           | 4 3 2 240     | 240
          wildcard_checks        | 10.0.2.0/24           | 1          | 10.0.2.0/24           | 4 3 2 240     | 240
          wildcard_checks        | 10.0.3.0/24           | 1          | 10.0.3.0/25           | 4 3 2 240     | 240
          legit_updates          | 139.91.0.0/16         | 8522       | 139.91.0.0/16         | 1 5408 8522   | none
          legit_updates          | 139.91.0.0/16         | 8522       | 139.91.250.0/24       | 2 56910 8522  | none
          legit_updates          | 139.91.0.0/16         | 8522       | 139.91.2.0/24         | 3 12361 8522  | none
          """)
  void aForeignOriginIsToldAsThereAndItsEndHere(
      String file, String configured, long owner, String announced, String path, String hijacker) {
    RouteWatch watch = new RouteWatch(new RouteTable(TableLimits.DEFAULT), ONE_IS_ENOUGH);
    watch.watch(Cidr.parse(configured), List.of(owner), START);
    Peer peer = new Peer("a", "192.0.2.1", Long.parseLong(path.substring(0, path.indexOf(' '))));
    Cidr prefix = Cidr.parse(announced);
    watch.apply(new RouteEvent.Announced(START, peer, prefix, 0, Scenario.by(path)), START);
    List<String> told = new ArrayList<>(foreign(watch.tick(START.plusSeconds(1))).toList());
    watch.apply(new RouteEvent.Withdrawn(START, peer, prefix, 0), START.plusSeconds(10));
    for (int second = 11; second < 300; second++) {
      watch.alive("a", START.plusSeconds(second));
      told.addAll(foreign(watch.tick(START.plusSeconds(second))).toList());
    }
    assertThat(told)
        .as(file)
        .isEqualTo(
            hijacker.equals("none")
                ? List.of()
                : List.of(prefix + " " + hijacker + " ALARM", prefix + " " + hijacker + " OVER"));
  }

  private static Stream<String> foreign(List<RouteVerdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict instanceof RouteVerdict.ForeignOrigin)
        .map(verdict -> (RouteVerdict.ForeignOrigin) verdict)
        .map(one -> one.announced() + " " + one.origin() + " " + one.weight());
  }
}
