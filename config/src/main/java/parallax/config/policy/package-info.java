/** Who is told, and when: receivers, routes, maintenance, shared providers. Imports secret. */
@NullMarked
package parallax.config.policy;

import org.jspecify.annotations.NullMarked;
