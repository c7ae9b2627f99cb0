/** What checks of services other than the web have in common, and their protocols as data. */
@NullMarked
package parallax.config.check.service;

import org.jspecify.annotations.NullMarked;
