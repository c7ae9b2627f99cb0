package parallax.coordinator.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.secret.SecretSource;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;

final class WatchlistsTest {
  private static Watchlist watchlist(String yaml) {
    return Watchlists.of(configuration(yaml));
  }

  private static Configuration configuration(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    return ((Loaded.Valid) loaded).configuration();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://shop.Example.COM/           | tld:com
          https://shop.example.co.uk./        | tld:uk
          tcp://db.example.org:5432           | tld:org
          https://192.0.2.1/                  | ''
          'https://[2001:db8::1]/'            | ''
          'https://[::ffff:192.0.2.1]/'       | ''
          https://localhost/                  | ''
          dns://ns1.example.net/example.com   | tld:net
          """)
  void aTargetStandsOnTheTopLevelDomainOfItsHost(String url, String tld) {
    Watched watched = watchlist("targets: [{name: t, url: \"" + url + "\"}]").targets().getFirst();
    assertThat(
            String.join(
                ",", watched.dependencies().shared().stream().map(Dependency::toString).toList()))
        .isEqualTo(tld);
  }

  @Test
  void nobodyIsToldOfWhatIsSilencedWhileItIs() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    Instant one = noon.plusSeconds(3600);
    LabelMatcher team = new LabelMatcher.OneOf("team", List.of("web"));
    Silence silence =
        Silence.made(new Silence.Wish(List.of(team), noon, one, "move"), "alice", noon);
    String yaml =
        """
        targets:
          - {name: a, url: "tcp://192.0.2.1:1", labels: {team: web}}
          - {name: b, url: "tcp://192.0.2.1:2", labels: {team: ops}}
        """;
    Watchlist watchlist = Watchlists.of(configuration(yaml), List.of(silence));
    Watched silenced = watchlist.targets().getFirst();
    assertThat(silenced.isQuiet(noon.minusMillis(1))).isFalse();
    assertThat(silenced.isQuiet(noon)).isTrue();
    assertThat(silenced.isQuiet(one)).isFalse();
    assertThat(watchlist.targets().getLast().isQuiet(noon)).isFalse();
    Silence ended = silence.endedAt(noon.plusSeconds(60));
    Watched told = Watchlists.of(configuration(yaml), List.of(ended)).targets().getFirst();
    assertThat(told.isQuiet(noon.plusSeconds(59))).isTrue();
    assertThat(told.isQuiet(noon.plusSeconds(60))).isFalse();
  }

  @Test
  void aLabelSaysWhoRunsIt() {
    Watchlist watchlist =
        watchlist(
            """
            targets:
              - {name: a, url: "tcp://192.0.2.1:1", labels: {operator: meta, service: feed}}
              - {name: b, url: "tcp://192.0.2.1:2", labels: {service: feed}}
            """);
    assertThat(watchlist.targets())
        .extracting(watched -> watched.dependencies().shared().getFirst().toString())
        .containsExactly("operator:meta", "operator:feed");
  }

  @Test
  void maintenanceQuietensTheTargetsThatItMeans() {
    String yaml =
        """
        targets:
          - {name: a, url: "tcp://192.0.2.1:1", labels: {team: web}}
          - {name: b, url: "tcp://192.0.2.1:2", labels: {team: db}}
        maintenance:
          - {name: patch-day, match: {team: web}, cron: 0 2 * * 2, duration: 2h, zone: Asia/Tokyo}
          - {name: new-year, cron: 0 0 1 1 *, duration: 1h}
        """;
    Watched web = watchlist(yaml).targets().getFirst();
    Watched db = watchlist(yaml).targets().getLast();
    Instant patchDay = Instant.parse("2026-06-01T17:00:00Z");
    assertThat(web.isQuiet(patchDay)).isTrue();
    assertThat(web.isQuiet(patchDay.minusNanos(1))).isFalse();
    assertThat(web.isQuiet(Instant.parse("2026-06-01T19:00:00Z"))).isFalse();
    assertThat(db.isQuiet(patchDay)).isFalse();
    assertThat(db.isQuiet(Instant.parse("2027-01-01T00:30:00Z"))).isTrue();
    assertThat(web).isEqualTo(watchlist(yaml).targets().getFirst());
  }
}
