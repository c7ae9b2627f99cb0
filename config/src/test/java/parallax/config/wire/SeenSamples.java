package parallax.config.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.WalkSeen;

/** Certificates and a way from the root, as they are in a sample. */
final class SeenSamples {
  static final Instant END = Instant.parse("2026-12-01T23:59:59Z");

  private SeenSamples() {}

  static ChainSeen chain() {
    ChainSeen.Certificate own =
        new ChainSeen.Certificate(
            "CN=shop.example",
            "CN=R1,O=Example Trust Services",
            List.of("shop.example", "www.shop.example"),
            3,
            Samples.NOON.minusSeconds(86_400),
            END,
            "EC 256",
            "SHA256withRSA");
    return new ChainSeen(List.of(own), 1, Optional.of("incomplete chain"));
  }

  static WalkSeen walk() {
    WalkSeen.Step root =
        new WalkSeen.Step(
            ".",
            List.of(
                new WalkSeen.Server(
                    "a.root-servers.net.",
                    "198.41.0.4",
                    WalkSeen.Answer.SERVES,
                    "example. is at 2 servers, 1 DS",
                    Duration.ofMillis(12))),
            12);
    WalkSeen.Step parent =
        new WalkSeen.Step(
            "example.",
            List.of(
                new WalkSeen.Server(
                    "a.nic.example.",
                    "192.0.2.1",
                    WalkSeen.Answer.FAILS,
                    "no answer in 2 s",
                    Duration.ofSeconds(2)),
                new WalkSeen.Server(
                    "b.nic.example.",
                    "2001:db8::1",
                    WalkSeen.Answer.NOT_ASKED,
                    "not tested: no route",
                    Duration.ZERO)),
            0);
    return new WalkSeen("shop.example.", List.of(root, parent), Optional.of("no answer"), 17);
  }
}
