package parallax.coordinator.uplink;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import parallax.config.observation.ProbeName;
import parallax.coordinator.identity.Authority;
import parallax.coordinator.identity.Identity;
import parallax.coordinator.identity.Recognised;

/** Knows {@code token-of-NAME} for every probe, until it is taken back. */
final class KnownTokens implements Authority {
  private static final String PREFIX = "token-of-";
  private final Map<String, Boolean> takenBack = new ConcurrentHashMap<>();

  static Optional<String> of(String probe) {
    return Optional.of(PREFIX + probe);
  }

  void takeBack(String probe) {
    takenBack.put(probe, true);
  }

  @Override
  public CompletionStage<Recognised> byToken(String shown) {
    String probe = shown.startsWith(PREFIX) ? shown.substring(PREFIX.length()) : "";
    return CompletableFuture.completedFuture(
        probe.isEmpty() || takenBack.containsKey(probe)
            ? new Recognised.Nobody()
            : new Recognised.Known(
                new Identity(new ProbeName(probe), Optional.of(probe), Optional.empty())));
  }

  @Override
  public Optional<Identity> byCertificate(X509Certificate certificate) {
    return Optional.empty();
  }

  @Override
  public boolean isValid(Identity identity, Instant now) {
    return !takenBack.containsKey(identity.probe().value());
  }
}
