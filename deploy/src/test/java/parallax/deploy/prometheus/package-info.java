/** Rules, dashboards and examples for Prometheus, as Prometheus itself sees them. */
@NullMarked
package parallax.deploy.prometheus;

import org.jspecify.annotations.NullMarked;
