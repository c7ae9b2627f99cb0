/**
 * Probes that talk: over TCP, over sockets of this machine, over WebSockets. Imports look and
 * module.
 */
@NullMarked
package parallax.probe.blackbox.talk;

import org.jspecify.annotations.NullMarked;
