/** What an audit knows of targets and of what they stand on. Imports net. */
@NullMarked
package parallax.probe.audit.facts;

import org.jspecify.annotations.NullMarked;
