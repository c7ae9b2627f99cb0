/**
 * How routes of the internet are watched: who is listened to, what is known beforehand, when what
 * is seen becomes a verdict. Data only; what targets demand is in {@code config.check}.
 */
@NullMarked
package parallax.config.routes;

import org.jspecify.annotations.NullMarked;
