package parallax.probe.bgp.watch;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.ServerAddress;
import parallax.config.routes.SourceSpec;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.net.Cidr;

/** The thread and its queue, with scripted sources. */
class RouteFeedTest {
  private static final String PREFIX = "198.51.100.0/24";
  private static final Cidr WATCHED = Cidr.parse(PREFIX);
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final SourceSpec RIS = SourceSpec.RisLive.USUAL;
  private static final SourceSpec BMP =
      new SourceSpec.BmpStation(new ServerAddress("127.0.0.1", 11019), List.of());

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Semaphore ticks = new Semaphore(0);
  private final ScriptedSource source = new ScriptedSource();
  private final RouteFeed feed =
      new RouteFeed(now::get, VisibilitySettings.DEFAULT, List.of(), _ -> ticks.release());

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void whatASourceSaysIsSeenByReadersAfterTheNextTick() throws InterruptedException {
    feed.listen(List.of(RIS), _ -> source);
    feed.want(Wanted.of(List.of(WATCHED)));
    turns();
    assertThat(source.isAsked(WATCHED)).isTrue();
    assertThat(feed.snapshot().blind()).isTrue();
    source.listener().connected("scripted", START);
    source.listener().heard(Peers.announce(START, PREFIX, 64500), START);
    later(1);
    assertThat(feed.snapshot().blind()).isFalse();
    assertThat(feed.snapshot().of(WATCHED).orElseThrow().reached().reach())
        .isEqualTo(Reach.VISIBLE);
    source.listener().lost("scripted", now.get(), "the test says so");
    later(1);
    assertThat(feed.snapshot().blind()).isTrue();
    source.listener().alive("scripted", now.get().plusSeconds(1));
    later(1);
    assertThat(feed.snapshot().of(WATCHED).orElseThrow().reached().reach())
        .isEqualTo(Reach.VISIBLE);
  }

  @Test
  void aSourceWaitsWhileTooMuchIsToBeDone() throws InterruptedException {
    feed.listen(List.of(RIS), _ -> source);
    turns();
    Thread speaker =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int batch = 0; batch < RouteFeed.MAX_WAITING + 10; batch++) {
                    source.listener().heard(Peers.announce(START, PREFIX, 64500), START);
                  }
                });
    assertThat(speaker.join(Duration.ofMillis(500))).as("still waits").isFalse();
    turns();
    turns();
    assertThat(speaker.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void nobodyWhoAsksEverWaits() {
    // Nothing takes from the queue.
    for (int question = 0; question < 3 * RouteFeed.MAX_WAITING; question++) {
      var _ = feed.match(List.of(WATCHED));
    }
    assertThat(feed.match(List.of(WATCHED))).isCompletedWithValue(Map.of());
  }

  @Test
  void sourcesAreReplacedAndTheOthersGoOn() {
    ScriptedSource other = new ScriptedSource();
    feed.listen(List.of(RIS, BMP), spec -> spec.equals(RIS) ? source : other);
    turns();
    assertThat(feed.figures()).containsOnlyKeys("ris-live", "bmp");
    List<SourceSpec> opened = new ArrayList<>();
    feed.listen(
        List.of(BMP),
        spec -> {
          opened.add(spec);
          return other;
        });
    turns();
    assertThat(opened).isEmpty();
    assertThat(source.isClosed()).isTrue();
    assertThat(other.isClosed()).isFalse();
    assertThat(feed.figures()).containsOnlyKeys("bmp");
    feed.close();
    assertThat(other.isClosed()).isTrue();
  }

  @Test
  void theFiguresAreShownAsLongAsThereIsASource() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    FeedMeters meters = new FeedMeters(registry, feed);
    feed.listen(List.of(RIS), _ -> source);
    meters.show();
    source.listener().heard(Peers.announce(START, PREFIX, 64500), START);
    later(1);
    assertThat(registry.get("parallax.bgp.peers").tag("state", "up").gauge().value())
        .isEqualTo(Peers.COUNT);
    assertThat(registry.get("parallax.bgp.source.up").tag("source", "ris-live").gauge().value())
        .isEqualTo(1);
    assertThat(registry.get("parallax.bgp.messages").functionCounter().count()).isEqualTo(7);
    assertThat(registry.get("parallax.bgp.malformed").functionCounter().count()).isEqualTo(2);
    assertThat(registry.get("parallax.bgp.lag").gauge().value()).isEqualTo(1.5);
    assertThat(registry.get("parallax.bgp.rpki.payloads").gauge().value()).isNaN();
    feed.listen(List.of(), _ -> source);
    meters.show();
    assertThat(registry.find("parallax.bgp.peers").gauges()).isEmpty();
  }

  @Test
  void itsThreadTicksByTheClockAndEnds() throws InterruptedException {
    feed.start();
    feed.listen(List.of(RIS), _ -> source);
    feed.want(Wanted.of(List.of(WATCHED)));
    source.listener().heard(Peers.announce(START, PREFIX, 64500), START);
    for (int second = 0; second < 5; second++) {
      ticks.drainPermits();
      now.updateAndGet(instant -> instant.plusSeconds(1));
      assertThat(ticks.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(feed.snapshot().of(WATCHED)).isPresent();
    assertThat(feed.match(List.of(Cidr.parse("198.51.100.1/32"))))
        .succeedsWithin(Duration.ofSeconds(5))
        .satisfies(found -> assertThat(found).hasSize(1));
    feed.close();
  }

  private void later(int seconds) {
    now.updateAndGet(instant -> instant.plusSeconds(seconds));
    turns();
  }

  private void turns() {
    feed.turn(ZERO);
    feed.turn(ZERO);
  }
}
