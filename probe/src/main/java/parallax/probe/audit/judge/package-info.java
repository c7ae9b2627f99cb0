/** What is shared, and what ends: judged from facts, the same every time. Imports facts. */
@NullMarked
package parallax.probe.audit.judge;

import org.jspecify.annotations.NullMarked;
