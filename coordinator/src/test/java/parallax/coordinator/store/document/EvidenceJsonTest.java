package parallax.coordinator.store.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Facts;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.observation.seen.WalkSeen;

final class EvidenceJsonTest {
  private static Facts read(String row) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(row)) {
      json.nextToken();
      return EvidenceJson.read(json).facts();
    }
  }

  private static String written(Facts facts) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      EvidenceJson.write(json, Timings.NONE, facts);
    }
    return text.toString();
  }

  @Test
  void readsRowsOfAnEarlierVersion() throws IOException {
    Facts facts = read("{\"connect\":3000,\"address\":\"192.0.2.1\",\"answers\":[\"192.0.2.1\"]}");
    assertThat(facts.address()).contains("192.0.2.1");
    assertThat(facts.issuer()).isEmpty();
    assertThat(facts.canonicalNames()).isEmpty();
  }

  @Test
  void passesOverWhatALaterVersionWrote() throws IOException {
    assertThat(read("{\"later\":{\"x\":[1]},\"issuer\":\"CA\",\"more\":[\"y\"]}"))
        .isEqualTo(Facts.NONE.withIssuer("CA"));
  }

  @Test
  void certificatesAndTheWayFromTheRootAreReadAsTheyWereWritten() throws IOException {
    Instant at = Instant.ofEpochSecond(1_790_000_000L);
    ChainSeen.Certificate certificate =
        new ChainSeen.Certificate(
            "CN=\"a\"", "CN=b", List.of("a.example"), 4, at, at.plusSeconds(9), "EC 256", "x");
    WalkSeen.Server server =
        new WalkSeen.Server(
            "ns.", "192.0.2.1", WalkSeen.Answer.FAILS, "REFUSED", Duration.ofMillis(7));
    WalkSeen.Step step = new WalkSeen.Step(".", List.of(server), 3);
    Facts facts =
        Facts.NONE
            .withChain(new ChainSeen(List.of(certificate), 2, Optional.of("expired")))
            .withWalk(new WalkSeen("a.example.", List.of(step, step), Optional.empty(), 17));
    assertThat(read(written(facts))).isEqualTo(facts);
  }

  @Test
  void theRequestsOfALookAreReadAsTheyWereWritten() throws IOException {
    Duration time = Duration.ofNanos(1_234_000);
    PartsSeen.Spent spent =
        new PartsSeen.Spent(time, time.plusMillis(1), Duration.ZERO, time.plusMillis(2), time);
    PartsSeen.Part fine =
        new PartsSeen.Part(
            "step 1", Optional.of(200), Duration.ZERO, spent, Optional.of(7L), Optional.empty());
    PartsSeen.Part bad =
        new PartsSeen.Part(
            "step 2", Optional.empty(), time, spent, Optional.empty(), Optional.of("timeout"));
    Facts facts = Facts.NONE.withParts(new PartsSeen(List.of(fine, bad), 4)).withIssuer("CA");
    assertThat(read(written(facts))).isEqualTo(facts);
    assertThat(
            read(
                "{\"parts\":{\"later\":[[1]],\"items\":[{\"name\":\"x\",\"new\":{}}]},\"issuer\":\"CA\"}"))
        .satisfies(
            known -> {
              assertThat(known.issuer()).contains("CA");
              assertThat(known.parts().orElseThrow().parts())
                  .extracting(PartsSeen.Part::name)
                  .containsExactly("x");
            });
  }

  @Test
  void whatIsNotKnownOfAWayIsPassedOver() throws IOException {
    String json =
        "{\"walk\":{\"zone\":\"x.\",\"new\":{\"y\":[1]},\"steps\":[{\"zone\":\".\",\"servers\":["
            + "{\"answer\":\"LATER\"},7,{\"answer\":\"SERVES\",\"name\":\"a.\"}]}]},"
            + "\"issuer\":\"CA\"}";
    Facts facts = read(json);
    assertThat(facts.issuer()).contains("CA");
    assertThat(facts.walk().orElseThrow().steps().getFirst().servers())
        .extracting(WalkSeen.Server::name)
        .containsExactly("a.");
  }

  @Test
  void readsWhoHoldsADomain() throws IOException {
    String json =
        "{\"registration\":{\"domain\":\"shop.so\",\"registry\":\"whois.nic.so\","
            + "\"registrar\":\"Name\",\"expiry\":1800000000,\"asOf\":1700000000,\"new\":[1]}}";
    assertThat(read(json).registration().orElseThrow())
        .isEqualTo(
            new Facts.RegistrationSeen(
                "shop.so",
                "whois.nic.so",
                Optional.of("Name"),
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1_800_000_000)),
                Instant.ofEpochSecond(1_700_000_000)));
  }

  @Test
  void whatRoutesWereSeenIsReadAsItWasWritten() throws IOException {
    Facts.RouteSight sight =
        new Facts.RouteSight(
            "FALLBACK",
            2,
            24,
            Optional.of(32_934L),
            Optional.of("129.134.0.0/17"),
            Instant.ofEpochMilli(1_633_362_000_500L),
            Optional.of(Instant.ofEpochMilli(1_633_361_999_000L)));
    Facts facts =
        Facts.NONE.withRoutes(
            List.of(
                new Facts.RouteSeen(
                    "129.134.30.0/24",
                    List.of(32_934L),
                    Facts.RouteRole.NAME_SERVERS,
                    List.of("a.ns.facebook.com 129.134.30.12"),
                    Optional.of(sight)),
                new Facts.RouteSeen(
                    "2001:db8::/32",
                    List.of(),
                    Facts.RouteRole.SERVERS,
                    List.of(),
                    Optional.empty())));
    assertThat(read(written(facts))).isEqualTo(facts);
  }

  @Test
  void routesThatMakeNoSenseAreLeftOut() throws IOException {
    assertThat(read("{\"routes\":[{\"role\":\"NEW\"},7]}").routes()).isEmpty();
    assertThat(
            read("{\"routes\":[{\"prefix\":\"192.0.2.0/24\",\"role\":\"SERVERS\",\"reach\":\"VISIBLE\","
                     + "\"seeing\":3,\"known\":2}]}")
                .routes())
        .singleElement()
        .satisfies(route -> assertThat(route.sight()).isEmpty());
  }

  @Test
  void whatPacketsToldComesBackAsItWas() throws IOException {
    ReachSeen echoes =
        ReachSeen.of(
            new ReachSeen.EchoesSeen(
                5,
                4,
                Optional.of(
                    new ReachSeen.RoundTrips(
                        Duration.ofNanos(1), Duration.ofNanos(2), MILLI, Duration.ZERO))));
    ReachSeen nothing = ReachSeen.of(new ReachSeen.EchoesSeen(3, 0, Optional.empty()));
    ReachSeen clock =
        ReachSeen.of(
            new ReachSeen.ClockSeen(
                Duration.ofNanos(-7), 2, "GPS", MILLI, MILLI, Optional.of("no time")));
    ReachSeen trace =
        ReachSeen.of(
            new TraceSeen(
                "2001:db8::7",
                List.of(
                    TraceSeen.Hop.SILENT,
                    new TraceSeen.Hop(Optional.of("2001:db8::1"), Optional.of(MILLI))),
                TraceSeen.End.SILENT));
    ReachSeen all = trace.beside(clock).beside(echoes);
    for (ReachSeen reach : List.of(echoes, nothing, clock, clock.beside(echoes), trace, all)) {
      Facts facts = Facts.NONE.withReach(reach);
      assertThat(read(written(facts))).isEqualTo(facts);
    }
  }

  private static final Duration MILLI = Duration.ofMillis(1);
}
