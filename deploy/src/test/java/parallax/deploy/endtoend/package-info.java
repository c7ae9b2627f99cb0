/** The product as a process of its own, against real servers, seen from outside. */
@NullMarked
package parallax.deploy.endtoend;

import org.jspecify.annotations.NullMarked;
