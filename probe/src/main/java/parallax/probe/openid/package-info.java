/**
 * What an OpenID provider says of itself, and its keys (OpenID Connect Discovery 1.0, RFC 7517),
 * fetched and judged. Imports config, check, http, journey.
 */
@NullMarked
package parallax.probe.openid;

import org.jspecify.annotations.NullMarked;
