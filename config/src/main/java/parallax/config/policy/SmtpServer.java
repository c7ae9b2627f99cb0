package parallax.config.policy;

import java.util.Optional;
import parallax.config.check.ServerAddress;
import parallax.config.secret.Secret;

/** The server that takes our mail (RFC 6409). */
public record SmtpServer(
    ServerAddress server, String from, Optional<String> user, Optional<Secret> password) {}
