package parallax.probe.registration.lookup.line;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * One answer over HTTP, redirects apart.
 *
 * @param address it came from
 * @param body at most {@link parallax.probe.registration.Limits#MAX_ANSWER_BYTES}, and one more
 *     where it was cut
 */
public record HttpReply(
    URI from,
    InetAddress address,
    int status,
    Optional<String> location,
    Optional<String> retryAfter,
    Optional<String> mediaType,
    Buffer body) {}
