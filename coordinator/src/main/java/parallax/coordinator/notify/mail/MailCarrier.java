package parallax.coordinator.notify.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Picture;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.mail.Answer.Later;
import parallax.coordinator.notify.mail.message.MailMessage;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.MessageId;

/**
 * Sends letters to one receiver by e-mail, at most {@link #TIMEOUT} an attempt. Delivered is a
 * letter that every recipient's server took; while some only ask for patience it is tried again,
 * for those; when the others have it and some refused for good, it is given up, with the number of
 * those who have it: nobody is left out in silence.
 *
 * <p>A connection that is cut behind the last byte leaves it open whether the letter was taken. It
 * is sent again under the same Message-ID, which mailboxes know it by.
 */
public final class MailCarrier implements Carrier, AutoCloseable {
  /** From the start of an attempt to its end. */
  public static final Duration TIMEOUT = Submission.Limits.USUAL.all();

  private static final Logger LOG = LoggerFactory.getLogger(MailCarrier.class);

  private final MailSettings settings;
  private final InstantSource clock;
  private final Submission.Limits limits;
  private final Settled settled = new Settled();
  private final AtomicReference<Instant> loginAgain = new AtomicReference<>(Instant.MIN);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("mail-watch").factory());

  public MailCarrier(MailSettings settings, InstantSource clock) {
    this(settings, clock, Submission.Limits.USUAL);
  }

  MailCarrier(MailSettings settings, InstantSource clock, Submission.Limits limits) {
    this.settings = settings;
    this.clock = clock;
    this.limits = limits;
    watch.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    return carry(letter, thread, Optional::empty);
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread, Supplier<Optional<Picture>> picture) {
    Settled.Recipients recipients = settled.of(letter.key());
    List<Mailbox> open = recipients.open(settings.to());
    Optional<Later> trouble =
        open.isEmpty() ? Optional.empty() : attempt(letter, picture, open, recipients);
    return judged(letter, recipients, trouble);
  }

  private Optional<Later> attempt(
      Letter letter,
      Supplier<Optional<Picture>> picture,
      List<Mailbox> open,
      Settled.Recipients heard) {
    Duration pause = Duration.between(clock.instant(), loginAgain.get());
    if (pause.isPositive()) {
      return Optional.of(
          new Later("the login was refused a moment ago", Optional.of(pause), false));
    }
    MailMessage message = new MailMessage(letter, settings.from(), picture.get());
    Submission submission = new Submission(settings, limits, watch);
    Future<Optional<Later>> attempt =
        threads.submit(() -> submission.run(open, message, heard::heard));
    Optional<Later> trouble;
    try {
      trouble = attempt.get(limits.all().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      trouble = Optional.of(new Later("not done in time"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      trouble = Optional.of(new Later("interrupted"));
    } catch (ExecutionException e) {
      trouble = Optional.of(mistake(e.getCause()));
    } finally {
      submission.cut();
    }
    if (trouble.map(Later::login).orElse(false)) {
      loginAgain.set(clock.instant().plus(Submission.LOGIN_PAUSE));
    }
    return trouble;
  }

  /** Ours. Where it happened is told, but not its words, which may be those of the server. */
  private Later mistake(@Nullable Throwable problem) {
    String where =
        problem == null
            ? "unknown"
            : problem.getClass().getSimpleName()
                + Stream.of(problem.getStackTrace()).findFirst().map(at -> " at " + at).orElse("");
    LOG.error("receiver={} mail=failed why=\"{}\"", settings.from().receiver(), where);
    return new Later("failed: " + where);
  }

  private Sent judged(Letter letter, Settled.Recipients recipients, Optional<Later> trouble) {
    long taken = recipients.taken(settings.to());
    int all = settings.to().size();
    String whoHasIt = all > 1 ? "; " + taken + " of " + all + " recipients have it" : "";
    if (trouble.isPresent()) {
      return new Sent.NotNow(trouble.get().why() + whoHasIt, trouble.get().after());
    }
    List<String> refusals = recipients.refusals(settings.to());
    if (!refusals.isEmpty()) {
      return new Sent.Never(refusals.getFirst() + whoHasIt);
    }
    return new Sent.Delivered(Optional.of(MessageId.first(letter, settings.from())));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    watch.shutdownNow();
  }
}
