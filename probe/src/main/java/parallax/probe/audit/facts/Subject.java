package parallax.probe.audit.facts;

import java.util.Optional;

/**
 * Something that should be up.
 *
 * @param name of the target, or the URL of a status page that is none
 * @param host as in {@link World#hosts}; empty for what nobody connects to
 * @param certificate of the server, as in {@link World#certificates}
 * @param statusPage whether it tells others how it goes
 */
public record Subject(
    String name, Optional<String> host, Optional<String> certificate, boolean statusPage) {}
