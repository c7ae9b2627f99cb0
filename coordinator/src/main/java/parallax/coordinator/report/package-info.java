/** What users report: plain values and how many are taken. Imports config and notebook. */
@NullMarked
package parallax.coordinator.report;

import org.jspecify.annotations.NullMarked;
