/**
 * What the public is shown: plain values, made of what is known by a pure function. Nothing of what
 * a target is called, where it is or why it fails gets in here.
 */
@NullMarked
package parallax.coordinator.status.model;

import org.jspecify.annotations.NullMarked;
