/**
 * The health of gRPC services (grpc.health.v1), for checks and for {@code /probe} alike: what is
 * asked, and what an answer says. Imports the exchanges of the HTTP check.
 */
@NullMarked
package parallax.probe.grpc;

import org.jspecify.annotations.NullMarked;
