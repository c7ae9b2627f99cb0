/**
 * Who may see a prober's pages, and over what: the file of {@code --web.config.file}, as exporters
 * of Prometheus have it. Imports read and module.
 */
@NullMarked
package parallax.probe.blackbox.web;

import org.jspecify.annotations.NullMarked;
