package parallax.probe.audit.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the certificate of a server.
 *
 * @param server host and port, perhaps with the name that is asked for
 * @param issuer the authority, as the certificate names it
 * @param expiry the earliest end in the chain that the server sends
 * @param warn how long before the end it is soon
 * @param fail how long before the end it is late
 */
public record CertificateFacts(
    String server,
    Optional<String> issuer,
    Optional<Instant> expiry,
    Duration warn,
    Duration fail) {}
