/**
 * The small internet of the demo: name servers, a resolver, web servers, collectors of routes and a
 * registry, all on addresses of 127.0.0.0/8, with faults at command. Knows nothing of what watches
 * it.
 */
@NullMarked
package parallax.deploy.demo.net;

import org.jspecify.annotations.NullMarked;
