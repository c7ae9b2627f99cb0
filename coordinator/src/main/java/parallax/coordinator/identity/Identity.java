package parallax.coordinator.identity;

import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.ProbeName;

/**
 * For which probe somebody may speak, and by what.
 *
 * @param probe the only one
 * @param credential the token's id; empty: a client certificate
 * @param until from when on it is worth nothing; empty: until it is taken back
 */
public record Identity(ProbeName probe, Optional<String> credential, Optional<Instant> until) {}
