package parallax.deploy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parallax.config.observation.Vantage;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.WireLimits;

/** Whoever does not keep to the contract is refused, and nobody else notices. */
@ExtendWith(SharedFleet.class)
final class RogueIT {
  private static final long BOOT = 1_790_000_000_000L;

  @Test
  void aProbeWithoutATokenOrWithAWrongOneIsRefused(Campaign campaign) {
    for (Optional<String> word : java.util.List.of(Optional.<String>empty(), Optional.of("no"))) {
      try (RawProbe probe = probe(campaign, word)) {
        probe.hello(RawProbe.vantage("rogue-nobody"), BOOT);
        assertThat(probe.ended()).isPresent();
        assertThat(probe.frame(CoordinatorFrame.Welcome.class)).isEmpty();
      }
    }
    campaign.verify();
  }

  @Test
  void aProbeThatSpeaksForAnotherIsRefused(Campaign campaign) {
    try (RawProbe probe = probe(campaign, Optional.of(token(campaign, "rogue-other")))) {
      probe.hello(RawProbe.vantage("p1"), BOOT);
      assertThat(probe.ended()).isPresent();
      assertThat(probe.frame(CoordinatorFrame.Welcome.class)).isEmpty();
    }
    campaign.verify();
  }

  @Test
  void aFrameThatIsTooLargeEndsTheStream(Campaign campaign) {
    try (RawProbe probe = probe(campaign, Optional.of(token(campaign, "rogue-large")))) {
      probe.hello(RawProbe.vantage("rogue-large"), BOOT);
      assertThat(probe.frame(CoordinatorFrame.Welcome.class)).isPresent();
      probe.send(new byte[WireLimits.MAX_PROBE_FRAME_BYTES + 1]);
      assertThat(probe.ended()).isPresent();
    }
    campaign.verify();
  }

  @Test
  void whatIsHandedOverTwiceIsRecordedOnce(Campaign campaign) {
    Vantage rogue = RawProbe.vantage("rogue-replay");
    String token = token(campaign, "rogue-replay");
    for (int stream = 0; stream < 2; stream++) {
      try (RawProbe probe = probe(campaign, Optional.of(token))) {
        probe.hello(rogue, BOOT);
        assertThat(probe.frame(CoordinatorFrame.Welcome.class)).isPresent();
        probe.saw(rogue, BOOT, 0, "shop-1");
        probe.saw(rogue, BOOT, 0, "shop-1");
        probe.saw(rogue, BOOT, 1, "shop-2");
        assertThat(probe.frame(CoordinatorFrame.Ack.class)).isPresent();
      }
    }
    Awaitility.await("they are recorded")
        .until(() -> campaign.tables().observations().getOrDefault("rogue-replay", 0L) >= 2);
    campaign.verify();
    assertThat(campaign.tables().observations()).containsEntry("rogue-replay", 2L);
  }

  @Test
  void aRevokedTokenEndsTheStreamSoon(Campaign campaign) {
    try (RawProbe probe = probe(campaign, Optional.of(token(campaign, "rogue-revoked")))) {
      probe.hello(RawProbe.vantage("rogue-revoked"), BOOT);
      assertThat(probe.frame(CoordinatorFrame.Welcome.class)).isPresent();
      campaign.fleet().script("revoke", "rogue-revoked");
      assertThat(probe.ended()).as("within ten seconds").isPresent();
    }
    campaign.verify();
  }

  private static RawProbe probe(Campaign campaign, Optional<String> token) {
    Fleet fleet = campaign.fleet();
    return new RawProbe(fleet.address("c1"), fleet.file("tls/ca.pem"), token);
  }

  private static String token(Campaign campaign, String name) {
    Fleet fleet = campaign.fleet();
    campaign.fleet().script("token", name, fleet.file("tokens/" + name).toString());
    try {
      return Files.readString(fleet.file("tokens/" + name)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
