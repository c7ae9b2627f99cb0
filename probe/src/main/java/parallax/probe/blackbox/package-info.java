/**
 * The probes of Prometheus' blackbox exporter on the checks of this probe, put together: {@code
 * BlackboxNode}. Modules are data ({@code module}), read from a blackbox.yml ({@code read}), probed
 * by a package for each kind on {@code look}, and served by {@code serve}.
 */
@NullMarked
package parallax.probe.blackbox;

import org.jspecify.annotations.NullMarked;
