/**
 * Letters as e-mail: the message in plain text and HTML (RFC 5322, RFC 2045 to 2047), and its
 * submission (RFC 6409), bounded in time and bytes. The only package that knows Jakarta Mail.
 */
@NullMarked
package parallax.coordinator.notify.mail;

import org.jspecify.annotations.NullMarked;
