/**
 * {@code parallax demo}: a small internet on loopback, probes and a coordinator in processes of
 * their own, and outages to watch.
 */
@NullMarked
package parallax.deploy.demo;

import org.jspecify.annotations.NullMarked;
