package parallax.probe.registration.courtesy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On virtual time. */
class CourtesyTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final String HOST = "rdap.example";

  @Test
  void asksRdapThreeTimesAtOnceAndThenEveryTwoSeconds() {
    Courtesy state = Courtesy.NEW;
    for (int question = 0; question < 3; question++) {
      state = granted(state.ask(HOST, Pace.RDAP, START));
    }
    assertThat(until(state.ask(HOST, Pace.RDAP, START))).isEqualTo(START.plusSeconds(2));
    assertThat(state.ask(HOST, Pace.RDAP, START.plusSeconds(2)))
        .isInstanceOf(Permission.Granted.class);
  }

  @Test
  void asksJprsTwiceAMinute() {
    Courtesy state =
        granted(Courtesy.NEW.ask("whois.jprs.jp", Pace.ofWhois("whois.jprs.jp"), START));
    assertThat(until(state.ask("WHOIS.JPRS.JP", Pace.JPRS, START)))
        .isEqualTo(START.plusSeconds(30));
  }

  @Test
  void backsOffTwiceAsLongAndOpensTheCircuitAtTheThirdQuota() {
    Heard quota = new Heard.Quota(Optional.empty());
    Courtesy once = Courtesy.NEW.answered(HOST, quota, START, 0);
    Courtesy twice = once.answered(HOST, quota, START, 0);
    Courtesy thrice = twice.answered(HOST, quota, START, 0);

    assertThat(until(once.ask(HOST, Pace.RDAP, START)))
        .isEqualTo(START.plus(Duration.ofMinutes(10)));
    assertThat(until(twice.ask(HOST, Pace.RDAP, START)))
        .isEqualTo(START.plus(Duration.ofMinutes(20)));
    assertThat(until(thrice.ask(HOST, Pace.RDAP, START))).isEqualTo(START.plus(Duration.ofDays(1)));
    assertThat(
            thrice
                .answered(HOST, new Heard.Answer(), START.plus(Duration.ofDays(1)), 0)
                .answered(HOST, quota, START.plus(Duration.ofDays(1)), 0)
                .ask(HOST, Pace.RDAP, START.plus(Duration.ofDays(1))))
        .isEqualTo(
            new Permission.Postponed(
                START.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(10)),
                HOST + " speaks of a quota"));
  }

  @Test
  void waitsAsLongAsTheHostAsksAndNeverLongerThanADay() {
    Heard hour = new Heard.Quota(Optional.of(Duration.ofHours(1)));
    Heard years = new Heard.Quota(Optional.of(Duration.ofSeconds(Integer.MAX_VALUE)));
    assertThat(until(Courtesy.NEW.answered(HOST, hour, START, 0).ask(HOST, Pace.RDAP, START)))
        .isEqualTo(START.plus(Duration.ofHours(1)));
    assertThat(until(Courtesy.NEW.answered(HOST, hour, START, -1).ask(HOST, Pace.RDAP, START)))
        .isEqualTo(START.plus(Duration.ofMinutes(72)));
    assertThat(until(Courtesy.NEW.answered(HOST, years, START, 1).ask(HOST, Pace.RDAP, START)))
        .isEqualTo(START.plus(Duration.ofDays(1)));
  }

  @Test
  void looksUpADomainOnceAnHour() {
    Courtesy state = Courtesy.NEW.lookedUp("shop.example", false, true, START);
    assertThat(state.lookUp("shop.example", false, START.plusSeconds(3599))).isPresent();
    assertThat(state.lookUp("shop.example", false, START.plusSeconds(3600))).isEmpty();
    assertThat(state.lookUp("other.example", false, START)).isEmpty();
  }

  @Test
  void waitsLongerForADomainOfWhichNothingCanBeLearnt() {
    Courtesy state = Courtesy.NEW;
    for (int failure = 0; failure < 3; failure++) {
      state = state.lookedUp("shop.example", false, false, START);
    }
    assertThat(state.lookUp("shop.example", false, START).orElseThrow().until())
        .isEqualTo(START.plus(Duration.ofHours(4)));
  }

  @Test
  void looksUpABrokenDomainAtOnceAndThenAfterFiveFifteenAndSixtyMinutes() {
    Courtesy state = Courtesy.NEW.lookedUp("shop.example", false, true, START);
    Instant now = START.plusSeconds(60);
    List<Long> looks = new ArrayList<>();
    for (int second = 0; second < 4 * 3600; second += 30) {
      Instant at = now.plusSeconds(second);
      state = state.saw("shop.example", true, at);
      if (state.lookUp("shop.example", true, at).isEmpty()) {
        looks.add((long) second / 60);
        state = state.lookedUp("shop.example", true, true, at);
      }
    }
    assertThat(looks).containsExactly(0L, 5L, 20L, 80L, 140L, 200L);
  }

  @Test
  void doesNotStartAnewForADelegationThatFlaps() {
    Courtesy state = Courtesy.NEW;
    int looks = 0;
    for (int minute = 0; minute < 300; minute++) {
      Instant now = START.plus(Duration.ofMinutes(minute));
      boolean broken = minute % 2 == 0;
      state = state.saw("shop.example", broken, now);
      if (broken && state.lookUp("shop.example", true, now).isEmpty()) {
        looks++;
        state = state.lookedUp("shop.example", true, true, now);
      }
    }
    assertThat(looks).isLessThanOrEqualTo(4 + 5);
  }

  /** Over random days, hosts, domains and answers: counted anew, without the buckets' own state. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverExceedsAnyBucketOrFloor(long seed) {
    Random random = new Random(seed);
    List<Pace> paces = List.of(Pace.RDAP, Pace.WHOIS, Pace.JPRS);
    Map<String, List<Instant>> asked = new HashMap<>();
    Map<String, Instant> looked = new HashMap<>();
    Courtesy state = Courtesy.NEW;
    Instant now = START;
    for (int step = 0; step < 20_000; step++) {
      now = now.plusMillis((long) (random.nextDouble() * random.nextInt(20_000)));
      int pick = random.nextInt(paces.size());
      String host = "host" + pick + "-" + random.nextInt(2);
      String domain = "domain" + random.nextInt(200);
      boolean free = state.lookUp(domain, false, now).isEmpty();
      Permission permission = state.ask(host, paces.get(pick), now);
      if (free && permission instanceof Permission.Granted(Courtesy after)) {
        state = after.lookedUp(domain, false, random.nextBoolean(), now);
        asked.computeIfAbsent(host, _ -> new ArrayList<>()).add(now);
        Instant before = looked.put(domain, now);
        assertThat(before == null || !before.plus(Duration.ofHours(1)).isAfter(now)).isTrue();
        if (random.nextInt(50) == 0) {
          state = state.answered(host, heard(random), now, random.nextDouble(-1, 1));
        }
      }
    }
    asked.forEach((host, times) -> within(times, paces.get(host.charAt(4) - '0')));
    assertThat(asked.values().stream().mapToInt(List::size).sum()).isGreaterThan(300);
  }

  private static Heard heard(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Heard.Quota(Optional.of(Duration.ofSeconds(random.nextInt(600))));
      case 1 -> new Heard.Answer();
      default -> new Heard.Failure();
    };
  }

  /** No window of any length holds more than the burst and what its length refills. */
  private static void within(List<Instant> times, Pace pace) {
    for (int from = 0; from < times.size(); from++) {
      for (int to = from; to < Math.min(times.size(), from + 20); to++) {
        long window = Duration.between(times.get(from), times.get(to)).toMillis();
        long most = pace.burst() + window / pace.every().toMillis();
        assertThat((long) to - from + 1).isLessThanOrEqualTo(most);
      }
    }
  }

  private static Courtesy granted(Permission permission) {
    return ((Permission.Granted) permission).after();
  }

  private static Instant until(Permission permission) {
    return ((Permission.Postponed) permission).until();
  }
}
