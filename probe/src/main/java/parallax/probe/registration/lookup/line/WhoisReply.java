package parallax.probe.registration.lookup.line;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;

/**
 * One answer over WHOIS.
 *
 * @param address it came from
 * @param text at most {@link parallax.probe.registration.Limits#MAX_ANSWER_BYTES}
 */
public record WhoisReply(InetAddress address, Buffer text) {}
