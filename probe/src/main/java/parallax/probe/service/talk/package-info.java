/** What dialogues with services are made of. Pure: bytes in, moves out. */
@NullMarked
package parallax.probe.service.talk;

import org.jspecify.annotations.NullMarked;
