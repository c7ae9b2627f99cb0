/**
 * When somebody is there: working days of the countries of registries, from {@code weekends.tsv}
 * and {@code holidays-*.tsv}. Imports java alone.
 */
@NullMarked
package parallax.probe.registration.calendar;

import org.jspecify.annotations.NullMarked;
