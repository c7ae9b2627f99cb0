package parallax.coordinator.page.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

final class RegionMapTest {
  private final SortedMap<Region, RegionMap.Seen> regions = new TreeMap<>();

  private void seen(String region, Map<TargetState, Integer> targets, int probes, int heard) {
    regions.put(new Region(region), new RegionMap.Seen(targets, probes, heard));
  }

  private String html() {
    StringBuilder html = new StringBuilder();
    new RegionMap(html, new Places(List.of()), Say.in(Language.EN))
        .write(regions, "/assets/land.svg");
    return html.toString();
  }

  @Test
  void aRegionIsAsBadAsWhatFailsInItAndElseAsMostOfItsTargets() {
    assertThat(worst(Map.of(TargetState.UP, 99, TargetState.DOWN, 1))).isEqualTo(TargetState.DOWN);
    assertThat(worst(Map.of(TargetState.UNKNOWN, 9, TargetState.DEGRADED, 1)))
        .isEqualTo(TargetState.DEGRADED);
    assertThat(worst(Map.of(TargetState.UP, 2, TargetState.UNKNOWN, 1))).isEqualTo(TargetState.UP);
    assertThat(worst(Map.of(TargetState.UP, 1, TargetState.UNKNOWN, 1)))
        .isEqualTo(TargetState.UNKNOWN);
    assertThat(worst(Map.of())).isEqualTo(TargetState.UNKNOWN);
    assertThat(new RegionMap.Seen(Map.of(TargetState.UP, 1), 1, 0).worst())
        .isEqualTo(TargetState.UNKNOWN);
  }

  private static TargetState worst(Map<TargetState, Integer> targets) {
    return new RegionMap.Seen(targets, 1, 1).worst();
  }

  @Test
  void eachStateHasItsSignAndIsSaidInTheTableToo() {
    seen("tokyo", Map.of(TargetState.UP, 4, TargetState.DOWN, 1), 2, 2);
    seen("london", Map.of(TargetState.UP, 5), 1, 1);
    seen("paris", Map.of(TargetState.UP, 4, TargetState.DEGRADED, 1), 1, 1);
    assertThat(html())
        .contains(
            "<title>tokyo: 1 DOWN, 4 UP</title><circle class=\"f-down\" cx=\"1279\" cy=\"193\"")
        .contains(">\u2715</text>", ">\u2713</text>", ">\u25b2</text>")
        .contains(
            "<span class=\"state down\">DOWN</span>", "2 of 2 heard", "35.7\u00b0 N 139.7\u00b0 E");
  }

  @Test
  void whereNobodyIsHeardNothingIsKnown() {
    seen("tokyo", Map.of(TargetState.UP, 4), 2, 0);
    assertThat(html()).contains("f-unknown", ">?</text>", "0 of 2 heard").doesNotContain("f-up");
  }

  @Test
  void aRegionWithoutAPlaceIsListedAndNotDrawn() {
    seen("office", Map.of(TargetState.UP, 4), 1, 1);
    assertThat(html()).contains("office", "not known").doesNotContain("<svg");
  }

  @Test
  void labelsOfNeighboursDoNotCoverEachOther() {
    for (String region : List.of("amsterdam", "brussels", "cologne", "dusseldorf", "luxembourg")) {
      seen(region, Map.of(TargetState.UP, 1), 1, 1);
    }
    Matcher labels =
        Pattern.compile("map-label( map-left)?\" x=\"(\\d+)\" y=\"(\\d+)\">([a-z]+)<")
            .matcher(html());
    List<int[]> found = new ArrayList<>();
    while (labels.find()) {
      String name = labels.group(4);
      int width = 12 * name.length();
      boolean before = labels.group(1) != null;
      int left = Integer.parseInt(labels.group(2)) - (before ? width : 0);
      int y = Integer.parseInt(labels.group(3));
      int right = left + width;
      for (int[] other : found) {
        boolean apart = right <= other[0] || other[1] <= left || Math.abs(y - other[2]) >= 24;
        assertThat(apart).as(name).isTrue();
      }
      found.add(new int[] {left, right, y});
    }
    assertThat(found).hasSize(5);
  }

  @Test
  void thousandsOfRegionsAreBounded() {
    for (int number = 0; number < 10_000; number++) {
      seen("tokyo-" + number, Map.of(TargetState.UP, 1), 1, 1);
    }
    String html = html();
    assertThat(html.split("<circle", -1)).hasSize(RegionMap.MAX_DRAWN + 1);
    assertThat(html.split("<tr>", -1)).hasSize(RegionMap.MAX_ROWS + 2);
    assertThat(html).contains("and 9800 more");
  }
}
