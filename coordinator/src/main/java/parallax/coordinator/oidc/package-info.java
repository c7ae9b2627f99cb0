/**
 * Has an OpenID provider say who somebody is (OpenID Connect Core 1.0, authorization code with
 * PKCE): what is asked, what is fetched, what is believed. The only package that knows Nimbus.
 */
@NullMarked
package parallax.coordinator.oidc;

import org.jspecify.annotations.NullMarked;
