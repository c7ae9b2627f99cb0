/**
 * Modules of a blackbox.yml as data: what a probe of Prometheus' blackbox exporter is told. Imports
 * config alone.
 */
@NullMarked
package parallax.probe.blackbox.module;

import org.jspecify.annotations.NullMarked;
