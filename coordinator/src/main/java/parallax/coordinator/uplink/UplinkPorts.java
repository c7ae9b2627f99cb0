package parallax.coordinator.uplink;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import parallax.config.fault.Steps;
import parallax.coordinator.identity.Authority;
import parallax.coordinator.intake.Intake;

/**
 * What the uplink needs of the rest.
 *
 * @param name of this coordinator, for people
 * @param outdated whether other members go by targets that were not assigned here yet; cheap
 * @param clock the time of day, by which what comes is stamped
 * @param nanos a clock that never jumps, by which it waits
 */
public record UplinkPorts(
    String name,
    Vertx vertx,
    Authority authority,
    Intake intake,
    Presence presence,
    BooleanSupplier outdated,
    Steps steps,
    InstantSource clock,
    LongSupplier nanos) {}
