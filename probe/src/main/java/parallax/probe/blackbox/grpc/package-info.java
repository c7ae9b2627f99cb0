/**
 * Probes of gRPC services by their health protocol. Imports look, module and the exchanges of the
 * HTTP check.
 */
@NullMarked
package parallax.probe.blackbox.grpc;

import org.jspecify.annotations.NullMarked;
