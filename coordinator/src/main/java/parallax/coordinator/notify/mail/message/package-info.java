/**
 * A letter as a message of RFC 5322, in plain text and HTML. Imports the letter and Jakarta Mail.
 */
@NullMarked
package parallax.coordinator.notify.mail.message;

import org.jspecify.annotations.NullMarked;
