/** Dialogues of protocols that are made of binary messages. Pure. */
@NullMarked
package parallax.probe.service.frames;

import org.jspecify.annotations.NullMarked;
