/**
 * Reads who is told, and when: receivers, routes, maintenance, providers, the mail server. Imports
 * bind, text, check, policy, read.check, secret, yaml and problem.
 */
@NullMarked
package parallax.config.read.policy;

import org.jspecify.annotations.NullMarked;
