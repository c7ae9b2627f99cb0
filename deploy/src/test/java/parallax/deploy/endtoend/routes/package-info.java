/** Routes as real routers tell them, by BMP and by sessions, on loopback. */
@NullMarked
package parallax.deploy.endtoend.routes;

import org.jspecify.annotations.NullMarked;
