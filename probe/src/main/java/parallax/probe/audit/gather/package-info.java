/** Asks the network what an audit judges, each thing once. Imports all of audit but the judge. */
@NullMarked
package parallax.probe.audit.gather;

import org.jspecify.annotations.NullMarked;
