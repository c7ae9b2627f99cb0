/**
 * What is known of a registration, and what to make of it. Pure: the facts, what is demanded, and
 * the time come in, findings come out. Imports registration, status, calendar, suffix and whois.
 */
@NullMarked
package parallax.probe.registration.judge;

import org.jspecify.annotations.NullMarked;
