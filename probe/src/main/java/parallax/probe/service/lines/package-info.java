/** Dialogues of protocols that people could type: mail, files, XMPP, Redis. Pure. */
@NullMarked
package parallax.probe.service.lines;

import org.jspecify.annotations.NullMarked;
