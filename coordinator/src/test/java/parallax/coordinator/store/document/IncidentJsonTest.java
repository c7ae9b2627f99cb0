package parallax.coordinator.store.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.ObservationId;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

/** Incidents come back from the record as they were written, by this version or the first. */
final class IncidentJsonTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final ProbeName PROBE = new ProbeName("tokyo-1");
  private static final Finding REFUSED = new Finding(Reason.CONNECTION_REFUSED, "192.0.2.1:443");

  @Test
  void aWholeIncidentComesBackAsItWas() {
    Vote vote =
        new Vote(
            new ObservationId(PROBE, 1_790_000_000_000L, 7),
            new Vantage(PROBE, new Region("tokyo"), Optional.of(4_200_000_000L)),
            CheckKind.HTTP,
            Layer.TCP,
            NOON,
            Vote.Ballot.FAILED,
            Optional.of(REFUSED),
            5.25);
    Why why =
        new Why(
            "http fails for 2 of 12 probes",
            List.of(new Why.Explanation("regional", 0.75)),
            List.of(new Why.Share("region:tokyo", 2, 2)),
            List.of(new Why.Rival("cdn:fastly", 3, 4, 6.5)),
            List.of("failures in other regions too"));
    Incident incident =
        new Incident(
            new IncidentId("abc"),
            Incident.Subject.SERVICE,
            List.of(new TargetName("a"), new TargetName("b")),
            Scope.REGIONAL,
            List.of(new Region("tokyo")),
            new Cause(Optional.of(Layer.TCP), REFUSED, "cdn:fastly"),
            NOON.minusSeconds(9),
            NOON,
            Optional.of(NOON.plusSeconds(25)),
            Optional.of(NOON.plusSeconds(600)),
            2,
            List.of(vote),
            List.of(new TargetName("c")),
            why);
    assertThat(IncidentJson.read(IncidentJson.write(incident))).contains(incident);
  }

  @Test
  void troubleOfOurOwnHasNeitherTargetsNorLayer() {
    Incident ours =
        new Incident(
            new IncidentId("v"),
            Incident.Subject.VANTAGE,
            List.of(),
            Scope.PROBE_LOCAL,
            List.of(),
            new Cause(Optional.empty(), Finding.of(Reason.PROBE_SILENT), "monitoring"),
            NOON,
            NOON,
            Optional.empty(),
            Optional.empty(),
            0,
            List.of(),
            List.of(),
            Why.rule("nothing is heard"));
    assertThat(IncidentJson.read(IncidentJson.write(ours))).contains(ours);
  }

  @Test
  void anIncidentOfTheFirstVersionIsStillRead() {
    String document =
        """
        {"id":"abc","targets":["shop"],"scope":"UNCONFIRMED","layer":"TCP","culprit":"target:shop",
         "reason":"CONNECTION_REFUSED","detail":"192.0.2.1:443","onset":1795262390123456,
         "opened":1795262400123456,"evidence":[{"probe":"tokyo-1","boot":5,"sequence":7,
         "region":"tokyo","asn":64500,"target":"shop","check":"HTTP","layer":"TCP",
         "scheduled":1,"started":2,"duration":3,"received":1795262400123456,"outcome":"down",
         "reason":"CONNECTION_REFUSED","detail":"192.0.2.1:443","extra":{}}]}
        """;
    Incident incident = IncidentJson.read(document).orElseThrow();
    assertThat(incident.subject()).isEqualTo(Incident.Subject.SERVICE);
    assertThat(incident.published()).contains(incident.opened());
    assertThat(incident.votes()).hasSize(1);
    assertThat(incident.votes().getFirst().ballot()).isEqualTo(Vote.Ballot.FAILED);
    assertThat(incident.votes().getFirst().finding()).contains(REFUSED);
    assertThat(incident.cause().layer()).contains(Layer.TCP);
  }
}
