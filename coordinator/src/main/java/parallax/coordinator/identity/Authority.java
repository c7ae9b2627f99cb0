package parallax.coordinator.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Tells who somebody is. Thread-safe; never blocks. */
public interface Authority {
  /**
   * Who shows this token.
   *
   * @param shown as it came, whatever it is
   * @return completes within a bounded time and never exceptionally
   */
  CompletionStage<Recognised> byToken(String shown);

  /** For whom this certificate speaks, whose chain was checked; empty: for nobody. */
  Optional<Identity> byCertificate(X509Certificate certificate);

  /** Whether it was neither taken back nor outlived, as far as was heard by now. */
  boolean isValid(Identity identity, Instant now);
}
