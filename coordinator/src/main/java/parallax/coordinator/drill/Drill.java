package parallax.coordinator.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.drill.stage.Stage;
import parallax.coordinator.notify.DrillPost;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.Store;

/** One drill, on a thread of its own. */
final class Drill {
  /** So long one lasts that is played as fast as can be; what comes then is left out. */
  static final Duration MAX_RUN = Duration.ofMinutes(10);

  /** How many things happen before the report is brought up to date. */
  private static final int ROUND = 4_096;

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(Drill.class);

  private final Stage stage;
  private final Play play;
  private final Order order;
  private final Ledger ledger;
  private final Optional<Postman> postman;
  private final Ports ports;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  /** Who was sent how much of an incident, and holds it to be open. */
  private final Map<Conversation, Standing> conversations = new LinkedHashMap<>();

  private volatile String why = "";

  /** The letters about one incident to one receiver. */
  private record Conversation(IncidentId incident, String receiver) {}

  /**
   * What was told.
   *
   * @param reached whether any of it was sent
   * @param knows whether the receiver holds the incident to be open
   */
  private record Standing(Incident newest, int letters, boolean reached, boolean knows) {}

  /**
   * What a drill goes by.
   *
   * @param post empty: nothing is sent
   * @param clock the coordinator's
   * @param mayGoOn whether this coordinator still leads
   * @param ended is told when it is over and all letters have arrived, or have not
   */
  record Ports(
      Optional<DrillPost> post,
      InstantSource clock,
      LongSupplier nanos,
      BooleanSupplier mayGoOn,
      Consumer<Report> ended) {}

  Drill(Stage stage, List<Silence> silences, Order order, Ledger ledger, Ports ports) {
    this.stage = stage;
    this.order = order;
    this.ledger = ledger;
    this.ports = ports;
    play = new Play(stage, silences);
    postman = ports.post().map(post -> new Postman(post, stage.configuration()));
    thread = Thread.ofPlatform().name("parallax-drill").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends it as soon as can be; only the first one who does so is named. */
  synchronized void stop(String reason) {
    if (stopped.getCount() > 0) {
      why = reason;
      stopped.countDown();
    }
  }

  boolean isOver() {
    return ledger.report().ended().isPresent();
  }

  Report report() {
    return ledger.report();
  }

  /** Waits for its end, for a bounded time. */
  void join(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }

  private void run() {
    boolean whole = false;
    try {
      whole = goOn();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop("the coordinator ended");
    } catch (RuntimeException e) {
      LOG.error("drill=failed id={} error={}", ledger.report().id(), e.toString(), e);
      stop("an error of Parallax; its log says more");
    }
    try {
      end();
      postman.ifPresent(Postman::close);
    } finally {
      ledger.passed(play.passed(), play.incidents());
      String words = whole ? "finished" : why;
      ledger.ended(new Report.End(ports.clock().instant(), words, whole));
      ports.ended().accept(ledger.report());
    }
  }

  /** Plays until the end; whether it was reached. */
  private boolean goOn() throws InterruptedException {
    long began = ports.nanos().getAsLong();
    long rounds = 0;
    while (!play.isOver()) {
      if (rounds++ % ROUND == 0) {
        ledger.passed(play.passed(), play.incidents());
        outlived(began);
      }
      if (isStopped(began)) {
        return false;
      }
      play.advance().forEach(this::tell);
    }
    return true;
  }

  private void outlived(long began) {
    long took = ports.nanos().getAsLong() - began;
    if (order.pace().isEmpty() && took > MAX_RUN.toNanos()) {
      stop("it took longer than " + MAX_RUN.toMinutes() + " minutes");
    }
  }

  /** Waits until the next thing is due, where that takes its time. */
  private boolean isStopped(long began) throws InterruptedException {
    if (!ports.mayGoOn().getAsBoolean()) {
      stop("this coordinator does not lead any more");
    }
    long leftMs = leftMs(began);
    while (leftMs > 0 && stopped.getCount() > 0) {
      ledger.passed(play.passed(), play.incidents());
      if (stopped.await(Math.min(leftMs, LOOK.toMillis()), TimeUnit.MILLISECONDS)) {
        return true;
      }
      leftMs = leftMs(began);
    }
    return stopped.getCount() == 0;
  }

  /** How long it is until the next thing happens, in real milliseconds. */
  private long leftMs(long began) {
    if (order.pace().isEmpty()) {
      return 0;
    }
    long tookMs = Duration.ofNanos(ports.nanos().getAsLong() - began).toMillis();
    return (play.nextMs() - stage.leadInMs()) / order.pace().get() - tookMs;
  }

  private void tell(Play.Told told) {
    Notice notice = told.notice();
    if (notice.receivers().isEmpty()) {
      ledger.nobody(line(told.at(), delivery(told.at(), notice, ""), ""));
    }
    for (String receiver : notice.receivers()) {
      tell(told.at(), notice, receiver);
    }
  }

  private void tell(Instant at, Notice notice, String receiver) {
    Conversation conversation = new Conversation(notice.incident().id(), receiver);
    Optional<Standing> before = Optional.ofNullable(conversations.get(conversation));
    int number = 1 + before.map(Standing::letters).orElse(0);
    boolean reached = before.filter(Standing::reached).isPresent();
    Store.Delivery delivery = delivery(at, notice, receiver);
    Letter letter = letter(delivery, number);
    boolean ends = notice.kind() == Notice.Kind.RESOLVED;
    // Whoever was told that something began is told in any case that it is over.
    boolean sent = post(delivery, letter, ends && reached);
    conversations.put(
        conversation, new Standing(notice.incident(), number, reached || sent, !ends));
  }

  private static Store.Delivery delivery(Instant at, Notice notice, String receiver) {
    return new Store.Delivery(
        notice.key(receiver),
        notice.kind(),
        receiver,
        notice.incident(),
        notice.along(),
        at,
        1,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private Letter letter(Store.Delivery delivery, int number) {
    List<Incident> others =
        play.incidents().stream()
            .filter(each -> delivery.along().others().contains(each.id()))
            .toList();
    return DrillPost.write(delivery, number, others, stage.configuration(), delivery.planned());
  }

  private static Report.Line line(Instant at, Store.Delivery delivery, String headline) {
    return new Report.Line(
        at,
        delivery.kind(),
        delivery.incident().id().value(),
        delivery.receiver(),
        headline,
        delivery.along().within().isPresent(),
        new Report.Fate.Kept());
  }

  /**
   * Writes a letter down, and sends it where that was asked for.
   *
   * @param always also when there were many
   * @return whether it, or the one that tells of it as well, was sent
   */
  private boolean post(Store.Delivery delivery, Letter letter, boolean always) {
    boolean apart = delivery.along().within().isEmpty();
    Report.Line line = line(delivery.planned(), delivery, letter.headline());
    Optional<Integer> place = ledger.letter(line);
    if (postman.isEmpty() || !apart) {
      return postman.isPresent();
    }
    if (postman.get().isFull() && !always) {
      note(place, new Report.Fate.Lost("more than " + Postman.MAX_LETTERS + " letters"));
      return false;
    }
    note(place, new Report.Fate.OnItsWay());
    postman.get().send(delivery, letter, lost -> note(place, fate(lost)));
    return true;
  }

  private Report.Fate fate(Optional<String> lost) {
    return lost.<Report.Fate>map(Report.Fate.Lost::new)
        .orElseGet(() -> new Report.Fate.Arrived(ports.clock().instant()));
  }

  private void note(Optional<Integer> place, Report.Fate fate) {
    place.ifPresent(index -> ledger.fate(index, fate));
  }

  /** Tells whoever was sent that something began, and not that it is over, that the drill is. */
  private void end() {
    if (postman.isEmpty()) {
      return;
    }
    Instant at = play.now();
    for (Map.Entry<Conversation, Standing> each : new ArrayList<>(conversations.entrySet())) {
      Standing standing = each.getValue();
      if (standing.knows() && standing.reached()) {
        String receiver = each.getKey().receiver();
        Incident over = Play.ended(standing.newest(), at);
        Notice notice = new Notice(Notice.Kind.RESOLVED, over, List.of(receiver));
        Store.Delivery delivery = delivery(at, notice, receiver);
        Letter letter = DrillPost.ending(letter(delivery, standing.letters() + 1));
        post(delivery, letter, true);
      }
    }
  }
}
