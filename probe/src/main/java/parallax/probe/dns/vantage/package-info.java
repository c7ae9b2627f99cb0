/**
 * Resolvers as vantages: the same question to several of them side by side ({@code Vantages}), and
 * what their answers say beside each other and beside the authoritative one ({@code Comparison},
 * pure); {@code SideBySide} does both. Imports line, wire, check, net and config.
 */
@NullMarked
package parallax.probe.dns.vantage;

import org.jspecify.annotations.NullMarked;
