package parallax.probe.registration.lookup;

import java.net.URI;
import java.util.Optional;
import parallax.config.check.ServerAddress;

/**
 * What is looked up, and where if somebody has said so.
 *
 * @param domain the registrable name, in A-labels, lower case
 * @param suffix of the registry it is registered at, such as {@code jp} or {@code co.uk}
 * @param rdap base of the RDAP server, instead of the one that the bootstrap file names
 * @param whois the server asked over WHOIS; without {@code rdap} RDAP is not asked then
 */
public record Wanted(
    String domain, String suffix, Optional<URI> rdap, Optional<ServerAddress> whois) {}
