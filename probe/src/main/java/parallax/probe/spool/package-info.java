/**
 * What a probe saw and could not hand over yet, on disk, within a bound.
 *
 * <p>One thread owns a {@link parallax.probe.spool.Spool}; event loops hand observations to it
 * through a bounded queue. That thread, in a loop:
 *
 * <ol>
 *   <li>takes observations from the queue, encodes each ({@code Batch.encode}), gives it a {@code
 *       Priority} and {@code append}s it; what is refused is counted already;
 *   <li>calls {@code tick} at least once a {@code syncEvery};
 *   <li>while the stream takes more, sends {@code live}, and when that is empty {@code backlog}:
 *       each {@link parallax.probe.spool.Slice} becomes one frame by {@code Batch}, of whose bytes
 *       {@code Batch.HEAD_ROOM} are kept back, so that it always fits;
 *   <li>passes every ack on to {@code acknowledge};
 *   <li>calls {@code restart} whenever a new stream begins: whatever was not acknowledged is sent
 *       again, as backlog;
 *   <li>tells {@code drops} to the coordinator now and then.
 * </ol>
 *
 * <p>An observation that was appended survives kill -9 at once, and a loss of power after the next
 * sync. It is handed over at least once: acks are not written down, only whole segments deleted, so
 * a probe that starts again repeats up to {@code Spool.ROLL_BYTES} of each priority beside what was
 * not acknowledged.
 *
 * <p>Imports the priorities and causes of config's wire form and the probe's clock.
 */
@NullMarked
package parallax.probe.spool;

import org.jspecify.annotations.NullMarked;
